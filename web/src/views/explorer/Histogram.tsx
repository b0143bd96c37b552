import { RangeSlider, Skeleton, Text } from "@mantine/core";
import { Fragment, type PointerEvent, useState } from "react";
import type { FieldHistogram } from "../../api/types";
import { type Condition, rangeOf, withConditions, withRange, withoutField, writeFilter } from "../../state/filter";
import { useFilter, useScope } from "../../state/hooks";
import { formatCount, formatValue, plural } from "../../ui/format";
import { useHistogram } from "./api";
import { type Bins, binsBetween, binsOfRange, rangeOfBins, within } from "./brush";
import classes from "./Histogram.module.css";

const BINS = 40;

/** How the ranking metric is spread over the filter's samples; a drag over bars, or the ends of the slider, choose a range. */
export function Histogram({ field }: { field: string }) {
  const scope = useScope();
  const [filter] = useFilter();
  // Without the range itself, so that it can be widened again.
  const around = writeFilter(withoutField(filter, field)) ?? undefined;
  const answer = useHistogram({ ...scope, filter: around, field, bins: BINS }, true);
  if (answer.error) return <Text size="xs" c="dimmed" className={classes.root}>{answer.error.message}</Text>;
  if (!answer.data || answer.data.field !== field) return <Skeleton className={classes.root} height={92} />;
  if (answer.data.counts.length === 0) return <Text size="xs" c="dimmed" className={classes.root}>No image has a value of {answer.data.title}.</Text>;
  return <Bars key={answer.data.edges.join()} histogram={answer.data} />;
}

function Bars({ histogram }: { histogram: FieldHistogram }) {
  const { edges, counts, field, title, unit } = histogram;
  const [filter, setFilter] = useFilter();
  const range = within(rangeOf(filter, field), edges);
  const [drag, setDrag] = useState<Bins | null>(null);
  const bins = drag ?? binsOfRange(range, edges);
  const isAll = bins[0] === 0 && bins[1] === counts.length && (drag !== null || range === null);
  const most = Math.max(...counts, 1);
  const apply = (chosen: Bins) => {
    setDrag(null);
    const everything = chosen[0] === 0 && chosen[1] === counts.length;
    setFilter(everything ? withoutField(filter, field) : withRange(filter, field, rangeOfBins(chosen, edges)));
  };
  const at = (position: number) => `${formatValue(edges[position]!)}${unit ? ` ${unit}` : ""}`;
  return (
    <div className={classes.root} role="group" aria-label={`Histogram of ${title}`}>
      <div className={classes.bars} onPointerDown={(event) => startDrag(event, counts.length, setDrag, apply)} data-brush>
        {counts.map((count, bin) => (
          <div
            key={edges[bin]}
            className={classes.bar}
            style={{ height: count === 0 ? 0 : `max(2px, ${(count / most) * 100}%)` }}
            data-in={(!isAll && bin >= bins[0] && bin < bins[1]) || undefined}
            title={`${at(bin)} – ${at(bin + 1)}: ${formatCount(count)}`}
          />
        ))}
      </div>
      <RangeSlider
        className={classes.slider}
        size={4}
        thumbSize={16}
        min={0}
        max={counts.length}
        minRange={1}
        step={1}
        value={bins}
        label={at}
        onChange={setDrag}
        onChangeEnd={apply}
        thumbFromLabel={`${title} from`}
        thumbToLabel={`${title} to`}
        thumbProps={(which) => ({ "aria-valuetext": at(bins[which === 0 ? 0 : 1]) })}
        color={isAll ? "gray" : "indigo"}
      />
      <div className={classes.ends}>
        <span>{at(0)}</span>
        <span>{isAll ? <Beyond histogram={histogram} onChoose={(conditions) => setFilter(withConditions(filter, field, conditions))} /> : `${at(bins[0])} – ${at(bins[1])}: ${plural(sum(counts.slice(bins[0], bins[1])), "image")}`}</span>
        <span>{at(counts.length)}</span>
      </div>
    </div>
  );
}

/** What is in no bin: each part is a condition that chooses it. */
function Beyond({ histogram, onChoose }: { histogram: FieldHistogram; onChoose: (conditions: Condition[]) => void }) {
  const { field, edges, below_count: below, above_count: above, missing_count: missing } = histogram;
  const parts: [number, string, Condition][] = [
    [below, "far below", { field, operator: "<", value: edges[0]! }],
    [above, "far above", { field, operator: ">", value: edges.at(-1)! }],
    [missing, "without a value", { field, operator: "is null" }],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, where, condition], place) => (
      <Fragment key={where}>
        {place > 0 && " · "}
        <button type="button" className={classes.beyond} onClick={() => onChoose([condition])}>
          {formatCount(count)} {where}
        </button>
      </Fragment>
    ));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function startDrag(event: PointerEvent<HTMLElement>, count: number, show: (bins: Bins | null) => void, apply: (bins: Bins) => void): void {
  if (event.button !== 0) return;
  event.preventDefault();
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const from = (event.clientX - left) / width;
  const bins = (at: globalThis.PointerEvent) => binsBetween(from, (at.clientX - left) / width, count);
  const move = (moved: globalThis.PointerEvent) => show(bins(moved));
  const stop = () => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", cancel);
  };
  const end = (ended: globalThis.PointerEvent) => {
    stop();
    apply(bins(ended));
  };
  const cancel = () => {
    stop();
    show(null);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", cancel);
}
