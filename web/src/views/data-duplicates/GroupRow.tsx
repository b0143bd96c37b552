import { Badge, Group, Text } from "@mantine/core";
import { Link } from "wouter";
import type { DuplicateGroup, DuplicateSample } from "../../api/types";
import { useModel, usePageHref } from "../../state/hooks";
import { writeFilter } from "../../state/filter";
import { thumbnailUrl } from "../../ui/Thumbnail";
import { plural } from "../../ui/format";
import classes from "./GroupRow.module.css";

/** One group: its images side by side, the kept one first, and what is odd about it. */
export function GroupRow({ group }: { group: DuplicateGroup }) {
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
        {group.samples.map((sample) => (
          <Member key={sample.id} sample={sample} group={group} />
        ))}
      </div>
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

function Member({ sample, group }: { sample: DuplicateSample; group: DuplicateGroup }) {
  const href = usePageHref();
  const [model] = useModel();
  const prediction = model === null ? undefined : sample.predictions[model];
  const filter = writeFilter({ keys: group.samples.map((one) => one.key) });
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
