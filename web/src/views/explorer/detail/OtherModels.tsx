import { IconCheck, IconX } from "@tabler/icons-react";
import { useProject } from "../../../api/queries";
import type { SampleDetail } from "../../../api/types";
import { useModel, useScope } from "../../../state/hooks";
import { formatRate } from "../../../ui/format";
import { useSampleDetail } from "../api";
import classes from "./Detail.module.css";

const MOST = 8;

/** What the project's other models predict for the sample. */
export function OtherModels({ detail }: { detail: SampleDetail }) {
  const [model] = useModel();
  const others = (useProject().data?.models ?? []).map((one) => one.name).filter((name) => name !== model);
  if (others.length === 0) return null;
  return (
    <section className={classes.part} aria-label="Other models">
      {others.slice(0, MOST).map((name) => (
        <Other key={name} id={detail.id} model={name} />
      ))}
    </section>
  );
}

function Other({ id, model }: { id: number; model: string }) {
  const { labels } = useScope();
  const sample = useSampleDetail(id, { model, labels }).data;
  const isCurrent = sample?.id === id;
  const right = !isCurrent || sample.outcome === null ? null : sample.outcome === "tp";
  return (
    <div>
      <span className={classes.quiet}>{model} </span>
      {isCurrent && sample.prediction === null && <span className={classes.quiet}>no prediction</span>}
      {isCurrent && sample.prediction !== null && (
        <span className={right === null ? "" : right ? classes.right : classes.wrong}>
          {right !== null && (right ? <IconCheck size={14} stroke={3} aria-label="right" /> : <IconX size={14} stroke={3} aria-label="wrong" />)} <bdi>{sample.prediction}</bdi>
          {sample.confidence !== null && ` ${formatRate(sample.confidence)}`}
        </span>
      )}
    </div>
  );
}
