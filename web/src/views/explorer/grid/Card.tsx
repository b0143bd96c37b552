import { IconCheck, IconNote, IconTag, IconX } from "@tabler/icons-react";
import { type MouseEvent, memo } from "react";
import type { Field, Sample } from "../../../api/types";
import { OUTCOME_TITLES, formatRate } from "../../../ui/format";
import { Thumbnail } from "../../../ui/Thumbnail";
import { REASONS, rankedValue } from "../rankedValue";
import classes from "./Card.module.css";

export interface CardPlace {
  left: number;
  top: number;
  width: number;
}

interface CardProps extends CardPlace {
  sample: Sample;
  position: number;
  total: number;
  /** Whether predictions are shown. */
  withPrediction: boolean;
  rankedBy: string | null;
  fields: readonly Field[];
  selected: boolean;
  active: boolean;
  open: boolean;
  onPress: (position: number, event: MouseEvent, onCheck: boolean) => void;
}

/** One sample in the grid. */
export const Card = memo(function Card({ sample, position, total, left, top, width, withPrediction, rankedBy, fields, selected, active, open, onPress }: CardProps) {
  const ranked = rankedValue(sample, rankedBy, fields);
  return (
    <div
      id={cardId(position)}
      role="option"
      aria-selected={selected}
      aria-posinset={position + 1}
      aria-setsize={total}
      className={classes.card}
      style={{ width, transform: `translate(${left}px, ${top}px)` }}
      data-active={active || undefined}
      data-open={open || undefined}
      data-key={sample.key}
      onClick={(event) => onPress(position, event, false)}
    >
      <span
        className={classes.check}
        aria-hidden
        data-check
        onClick={(event) => {
          event.stopPropagation();
          onPress(position, event, true);
        }}
      >
        <span>
          <IconCheck size={14} stroke={3} />
        </span>
      </span>
      <div className={classes.image}>
        <Thumbnail sample={sample} size={width} />
        <Marks sample={sample} />
      </div>
      <div className={classes.lines}>
        {withPrediction && <Prediction sample={sample} />}
        <Label sample={sample} withPrediction={withPrediction} />
        {!withPrediction && <div className={`${classes.line} ${classes.quiet}`}><span className={classes.name} title={sample.key}>{sample.key}</span></div>}
        {ranked && rankedBy === REASONS && (
          <div className={classes.reasons} title={ranked.title}>
            {ranked.title}
          </div>
        )}
        {ranked && rankedBy !== REASONS && (
          <div className={`${classes.line} ${classes.quiet}`}>
            <span className={classes.name} title={ranked.title}>{ranked.title}</span> <span>{ranked.text}</span>
          </div>
        )}
      </div>
      <span className={classes.heard}>{meaning(sample, withPrediction)}</span>
    </div>
  );
});

/** A card that is not there yet, of the same size. */
export function CardSkeleton({ left, top, width }: CardPlace) {
  return (
    <div className={classes.card} style={{ width, transform: `translate(${left}px, ${top}px)` }} role="presentation">
      <div className={classes.skeleton} style={{ height: width }} />
      <div className={classes.skeletonLine} />
    </div>
  );
}

export function cardId(position: number): string {
  return `card-${position}`;
}

function Prediction({ sample }: { sample: Sample }) {
  if (sample.prediction === null) return <div className={`${classes.line} ${classes.quiet}`}>no prediction</div>;
  const right = sample.outcome === null ? null : sample.outcome === "tp";
  return (
    <div className={classes.line}>
      {right !== null && (right ? <IconCheck size={12} stroke={3} color="var(--right)" /> : <IconX size={12} stroke={3} color="var(--wrong)" />)}
      <span className={`${classes.name} ${right === null ? "" : right ? classes.right : classes.wrong}`} title={sample.prediction}>
        {sample.prediction}
      </span>{" "}
      {sample.confidence !== null && <span className={classes.number}>{formatRate(sample.confidence)}</span>}
    </div>
  );
}

function Label({ sample, withPrediction }: { sample: Sample; withPrediction: boolean }) {
  if (sample.label === null) return <div className={`${classes.line} ${classes.quiet}`}>unlabelled</div>;
  return (
    <div className={classes.line} title={sample.given_label ? `was ${sample.given_label}` : sample.label}>
      {withPrediction && <span className={classes.quiet}>label</span>}{" "}
      <span className={classes.name}>{sample.label}</span>
    </div>
  );
}

function Marks({ sample }: { sample: Sample }) {
  if (sample.tags.length === 0 && !sample.note) return null;
  return (
    <div className={classes.marks} title={[...sample.tags.map((tag) => `tag ${tag}`), sample.note ?? ""].filter(Boolean).join("\n")} aria-hidden>
      {sample.note && <IconNote size={14} />}
      {sample.tags.length > 0 && <IconTag size={14} />}
      {sample.tags.length > 1 && sample.tags.length}
    </div>
  );
}

/** What the card's signs mean, for who hears it. */
function meaning(sample: Sample, withPrediction: boolean): string {
  const parts = [
    withPrediction && sample.outcome !== null && OUTCOME_TITLES[sample.outcome].toLowerCase(),
    withPrediction && sample.key,
    sample.tags.length > 0 && `tagged ${sample.tags.join(", ")}`,
    sample.note && "with a note",
  ];
  return parts.filter(Boolean).join(", ");
}
