import { Badge, Group, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { DuplicateGroup, DuplicateSample } from "../../api/types";
import { useModel, usePageHref } from "../../state/hooks";
import { type Filter, writeFilter } from "../../state/filter";
import { thumbnailUrl } from "../../ui/Thumbnail";
import { formatCount, plural } from "../../ui/format";
import { fitsAddress } from "../explorer/selection/selection";
import classes from "./GroupRow.module.css";

/** So many of a group are shown at once, and as many more for each click. */
const STEP = 48;

/** One group: its images side by side, the kept one first, and what is odd about it. */
export function GroupRow({ group }: { group: DuplicateGroup }) {
  const [shown, setShown] = useState(STEP);
  const all: Filter = { keys: group.samples.map((one) => one.key) };
  const filter = fitsAddress(all) ? writeFilter(all) : null;
  return (
    <article className={classes.group} aria-label={`Group of ${group.kept}`}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {plural(group.samples.length, "image")}
        </Text>
        <Badge variant="light" color="gray" tt="none">
          {group.kind === "exact" ? "equal pixels" : group.kind}
        </Badge>
        {group.contradictory_labels && <Flag>contradictory labels</Flag>}
        {group.contradictory_predictions && <Flag>contradictory predictions</Flag>}
        {group.crosses_splits && <Flag>crosses splits</Flag>}
      </Group>
      <div className={classes.images}>
        {group.samples.slice(0, shown).map((sample) => (
          <Member key={sample.id} sample={sample} filter={filter} />
        ))}
      </div>
      {group.samples.length > shown && (
        <UnstyledButton fz="sm" c="var(--accent)" mt="sm" onClick={() => setShown(shown + STEP)}>
          {formatCount(Math.min(STEP, group.samples.length - shown))} more of {plural(group.samples.length, "image")}
        </UnstyledButton>
      )}
    </article>
  );
}

function Flag({ children }: { children: string }) {
  return (
    <Badge variant="outline" color="gray" tt="none" className={classes.flag}>
      {children}
    </Badge>
  );
}

/** `filter` is on the group's images; null where they are too many for an address. */
function Member({ sample, filter }: { sample: DuplicateSample; filter: string | null }) {
  const href = usePageHref();
  const [model] = useModel();
  const prediction = model === null ? undefined : sample.predictions[model];
  return (
    <Link href={href("/data/explorer", { filter, sample: String(sample.id) })} className={classes.member} title={sample.key}>
      <img src={thumbnailUrl({ id: sample.id, version: sample.version ?? null }, 128)} alt={sample.key} loading="lazy" width={128} height={128} className={sample.kept ? classes.kept : undefined} />
      <span className={classes.line}>{sample.label ?? "no label"}</span>
      <span className={classes.size}>
        {sample.kept ? "kept · " : ""}
        {sample.split ? `${sample.split} · ` : ""}
        {sample.width}&nbsp;×&nbsp;{sample.height}
      </span>
      {prediction !== undefined && <span className={classes.small}>→ {prediction}</span>}
      <span className={classes.small}>{sample.key.split("/").at(-1)}</span>
    </Link>
  );
}
