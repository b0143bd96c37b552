import { IconCheck, IconX } from "@tabler/icons-react";
import type { Sample } from "../../../api/types";
import { OUTCOME_TITLES, formatRate } from "../../../ui/format";
import classes from "./Detail.module.css";

/** "label charmander → ✗ pikachu 0.83, false positive". */
export function Verdict({ sample }: { sample: Sample }) {
  const right = sample.outcome === null ? null : sample.outcome === "tp";
  return (
    <div className={classes.verdict}>
      <span>
        <span className={classes.quiet}>label </span>
        {sample.label ?? "none"}
        {sample.given_label && <span className={classes.quiet}> (was {sample.given_label})</span>}
      </span>
      {sample.prediction !== null && (
        <span className={right === null ? "" : right ? classes.right : classes.wrong}>
          <span className={classes.quiet}>prediction </span>
          {right !== null && (right ? <IconCheck size={14} stroke={3} aria-hidden /> : <IconX size={14} stroke={3} aria-hidden />)} {sample.prediction}
          {sample.confidence !== null && ` ${formatRate(sample.confidence)}`}
        </span>
      )}
      {sample.outcome !== null && <span className={classes.quiet}>{OUTCOME_TITLES[sample.outcome].toLowerCase()}</span>}
    </div>
  );
}
