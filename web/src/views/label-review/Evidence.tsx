import { Text } from "@mantine/core";
import { Link } from "wouter";
import type { LabelError } from "../../api/types";
import { usePageHref } from "../../state/hooks";
import { Sentence } from "../../ui/Sentence";
import { Thumbnail } from "../../ui/Thumbnail";
import { formatRate } from "../../ui/format";
import classes from "./LabelReview.module.css";

/** What the model and the most similar images say. */
export function Evidence({ error }: { error: LabelError }) {
  const { label_probability: own, suggested_probability: suggested, neighbors } = error.evidence;
  return (
    <div className={classes.evidence}>
      <Text size="sm"><Sentence text={error.sentence} /></Text>
      {own != null && suggested != null && (
        <div className={classes.bars}>
          <Bar name={error.sample.label ?? ""} share={own} />
          <Bar name={error.suggested} share={suggested} suggested />
        </div>
      )}
      {neighbors && neighbors.length > 0 && <Neighbors error={error} />}
    </div>
  );
}

function Bar({ name, share, suggested = false }: { name: string; share: number; suggested?: boolean }) {
  return (
    <>
      <span className={classes.barName}>{name}</span>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ width: `${share * 100}%` }} data-suggested={suggested || undefined} />
      </span>
      <span>{formatRate(share)}</span>
    </>
  );
}

function Neighbors({ error }: { error: LabelError }) {
  const href = usePageHref();
  return (
    <div>
      <h2 className={classes.heading}>The most similar images and their labels</h2>
      <ul className={classes.neighbors}>
        {error.evidence.neighbors!.map((neighbor) => (
          <li key={neighbor.sample_id} data-label={neighbor.label === error.suggested ? "suggested" : neighbor.label === error.sample.label ? "own" : "other"}>
            <Link href={href("/label/explorer", { sample: String(neighbor.sample_id), filter: null })} title={neighbor.key}>
              <Thumbnail sample={{ id: neighbor.sample_id, key: neighbor.key, version: neighbor.version ?? null }} size={80} />
              <span className={classes.neighborLabel}>{neighbor.label ?? "no label"}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
