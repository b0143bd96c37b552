import { Alert, Button, Group, Skeleton, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { ApiError, address } from "../../api/client";
import { useProject } from "../../api/queries";
import type { LabelError, LabelErrors, Project } from "../../api/types";
import { useExplorerHref, useScope } from "../../state/hooks";
import { canCheckLabels } from "../../state/labelChecks";
import { EmptyState } from "../../ui/EmptyState";
import { NoImages } from "../../ui/NoImages";
import { ErrorState } from "../../ui/ErrorState";
import { Page, PageSkeleton } from "../../ui/Page";
import { formatCount, formatPercent, plural } from "../../ui/format";
import { quoted } from "../../ui/shell";
import { ClassPicker } from "./ClassPicker";
import { Evidence } from "./Evidence";
import classes from "./LabelReview.module.css";
import { Queue } from "./Queue";
import { Verdict } from "./Verdict";
import type { Action } from "./outbox";
import { NOTHING_REVIEWED, currentOf, decided, queueOf, refused, undone, wasTakenAway } from "./queue";
import { useOutbox } from "./useOutbox";
import { useSuspects } from "./useSuspects";
import { ZoomImage } from "../explorer/detail/ZoomImage";

const FEW = 12;

/** One suspected label error at a time; every decision is saved, or stands visibly in line to be. */
export default function LabelReview() {
  const { model } = useScope();
  const { data: project, dataUpdatedAt: changedAt } = useProject();
  if (!project) return <PageSkeleton />;
  return canCheckLabels(project, model) ? <Reviewing project={project} changedAt={changedAt} /> : <Unchecked project={project} />;
}

/** `changedAt`: when the server has last told of a change, such as a decision in another window. */
function Reviewing({ project, changedAt }: { project: Project; changedAt: number }) {
  const { model, filter } = useScope();
  const asked = useSuspects(model, filter);
  const { found, ask } = asked;
  const [reviewed, setReviewed] = useState(NOTHING_REVIEWED);
  const [refusal, setRefusal] = useState<Error | null>(null);
  const [said, setSaid] = useState("");
  const [choosing, setChoosing] = useState(false);
  const outbox = useOutbox(project.path, (entry, problem) => {
    setRefusal(problem);
    setReviewed((before) => refused(before, entry.sampleId));
    ask();
  });
  const queue = queueOf(found?.label_errors ?? [], reviewed);
  const held = useRef<LabelError | null>(null);
  const isElsewhere = found !== null && wasTakenAway(held.current, queue, reviewed);
  const current = isElsewhere ? held.current : currentOf(queue, reviewed);
  held.current = current;
  const next = queue[queue.findIndex((error) => error === current) + 1];
  const readOnly = project.read_only;

  const decide = (action: Exclude<Action, "undo">, label: string | null = null) => {
    if (!current || readOnly) return;
    setRefusal(null);
    setReviewed(decided(reviewed, queue, current));
    setSaid(`${current.sample.key}: ${action === "skip" ? "skipped" : action === "keep" ? `kept ${current.sample.label}` : `changed to ${label}`}`);
    outbox.decide({ action, sampleId: current.sample.id, label });
  };
  const keep = () => decide("keep");
  const change = (label: string) => (label === current?.sample.label ? keep() : decide("correct", label));
  const undo = () => {
    if (readOnly) return;
    setRefusal(null);
    setReviewed(undone(reviewed));
    setSaid("The last decision is taken back");
    outbox.undo();
  };
  useHotkeys([
    ["1", keep],
    ["2", () => current && change(current.suggested)],
    ["/", () => current && !readOnly && setChoosing(true)],
    ["s", () => decide("skip")],
    ["u", undo],
  ]);
  const isFew = queue.length < FEW && found !== null && found.total > queue.length;
  const waiting = outbox.waiting.length;
  const hadWaiting = useRef(false);
  useEffect(() => {
    if (hadWaiting.current && waiting === 0) ask();
    hadWaiting.current = waiting > 0;
  }, [waiting, ask]);
  useEffect(() => {
    if (isFew) ask();
  }, [isFew, queue.length, ask]);
  const seenChange = useRef(changedAt);
  useEffect(() => {
    if (changedAt !== seenChange.current) ask();
    seenChange.current = changedAt;
  }, [changedAt, ask]);
  useEffect(() => {
    if (next?.sample.version) new Image().src = address(`api/samples/${next.sample.id}/image`, { v: next.sample.version });
  }, [next?.sample.id, next?.sample.version]);

  if (asked.error && !found)
    return (
      <Page title="Review">
        <ErrorState error={asked.error} onRetry={ask} />
      </Page>
    );
  return (
    <Page title="Review" lead={found ? <Headline found={found} /> : <Skeleton height={16} width={420} />}>
      {readOnly && <Alert color="gray">The project is served for reading only: what you see can be reviewed where it is served without --read-only.</Alert>}
      {found?.notes?.map((note) => (
        <Alert key={note} color="orange" className={classes.notice}>
          {note}
        </Alert>
      ))}
      {refusal && (
        <Alert color="orange" title="A decision was refused" withCloseButton onClose={() => setRefusal(null)} closeButtonLabel="Close">
          {refusal.message} {refusal instanceof ApiError && refusal.hint}
        </Alert>
      )}
      {outbox.problem && (
        <Alert color="orange" role="status" title={`${plural(outbox.waiting.length, "decision")} not saved yet`}>
          <Group gap="sm">
            <Text size="sm">{outbox.problem.message} They are kept in this browser and sent again until the server has them.</Text>
            <Button onClick={outbox.retry}>Try now</Button>
          </Group>
        </Alert>
      )}
      <div className={classes.said} role="status" aria-live="polite">
        {said}
      </div>
      <div className={classes.layout} data-alone={found?.suspected_count === 0 || undefined}>
        {current ? (
          <div className={classes.work}>
            <ZoomImage key={current.sample.id} sample={current.sample} problem={current.sample.version ? null : "This sample has no image."} />
            {isElsewhere && <Alert color="orange">It has been decided in another window. Deciding again replaces that; skipping leaves it.</Alert>}
            <Verdict error={current} disabled={readOnly} canUndo={reviewed.history.length > 0 || (found?.seen_count ?? 0) > 0} onKeep={keep} onTake={() => change(current.suggested)} onOther={() => setChoosing(true)} onSkip={() => decide("skip")} onUndo={undo} />
            <Evidence error={current} />
          </div>
        ) : (
          <div className={classes.work}>{found && <Done found={found} busy={asked.busy} onUndo={undo} />}</div>
        )}
        {found?.suspected_count !== 0 && <Queue found={found} queue={queue} current={current} onPick={(id) => setReviewed({ ...reviewed, picked: id })} />}
      </div>
      <ClassPicker key={current?.sample.id} opened={choosing} onClose={() => setChoosing(false)} onPick={(label) => { setChoosing(false); change(label); }} />
    </Page>
  );
}

/** "accuracy 92.9% as labelled · 92.1 – 96.0% if the suspected labels are wrong · 54 of 275 seen". */
function Headline({ found }: { found: LabelErrors }) {
  const { bounds } = found;
  if (found.suspected_count === 0) return <span data-headline>{bounds && `accuracy ${formatPercent(bounds.as_labelled)} as labelled · `}no label suspected</span>;
  return (
    <span data-headline>
      {bounds && `accuracy ${formatPercent(bounds.as_labelled)} as labelled · ${formatBounds(bounds.low, bounds.high)} if the suspected labels are wrong · `}
      {formatCount(found.seen_count)} of {formatCount(found.suspected_count)} seen
    </span>
  );
}

/** "92.1 – 96.0%", or one of two that are written alike. */
function formatBounds(low: number, high: number): string {
  const [least, most] = [formatPercent(low), formatPercent(high)];
  return least === most ? most : `${least.replace("%", "")} – ${most}`;
}

/** Nothing to check labels by: what to do about it. */
function Unchecked({ project }: { project: Project }) {
  const { model } = useScope();
  const others = project.models.filter((one) => one.probabilities);
  return (
    <Page title="Review">
      {project.sample_count === 0 ? (
        <NoImages project={project} />
      ) : (
        <EmptyState title="There is nothing to check labels by yet" command={`misnomer compute ${quoted(project.path)} embeddings neighbors labels`}>
          {others.length > 0
            ? `${model} gave no probabilities of all classes. Choose a model that did (${others.map((one) => one.name).join(", ")}), or compute which images are similar:`
            : "Add a model’s probabilities of all classes, or compute which images are similar:"}
        </EmptyState>
      )}
    </Page>
  );
}

function Done({ found, busy, onUndo }: { found: LabelErrors; busy: boolean; onUndo: () => void }) {
  const explorer = useExplorerHref("label");
  if (busy) return <Skeleton height={420} />;
  const title = found.suspected_count === 0 ? "No label of these images is suspected." : "Every suspected label of these images has been seen.";
  return (
    <EmptyState title={title}>
      <Group gap="md">
        <Link href={explorer({}, { sort: "label_quality" })}>All images, the lowest label quality first</Link>
        {found.seen_count > 0 && <Link href={explorer({ where: [{ field: "decision", operator: "=", value: "correct" }] })}>The corrected labels</Link>}
        {found.seen_count > 0 && <Button onClick={onUndo}>Undo the last decision</Button>}
      </Group>
    </EmptyState>
  );
}
