import { formatRate } from "../../../ui/format";
import type { SampleDetail } from "../../../api/types";
import classes from "./Detail.module.css";

/** What the model says about the most probable classes; the label's and the prediction's bars are told apart. */
export function Probabilities({ detail }: { detail: SampleDetail }) {
  const kind = (name: string) => (name === detail.label ? "right" : name === detail.prediction && detail.label !== null ? "wrong" : undefined);
  return (
    <section className={classes.part}>
      <h2>Probabilities</h2>
      <div className={classes.rows}>
        {detail.probabilities.map(({ class_name: name, probability }) => (
          <div key={name} className={classes.row}>
            <span className={classes.name} title={name}>
              {name}
              {name === detail.label && <span className={classes.quiet}> · label</span>}
            </span>
            <div className={classes.bar} style={{ width: `${Math.max(probability * 100, 0.5)}%` }} data-kind={kind(name)} aria-hidden />
            <span className={classes.value}>{formatRate(probability, 3)}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
