import { Button, Group, Pagination, SegmentedControl, Select, Skeleton, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAsk, useProject } from "../../api/queries";
import type { DuplicateReport } from "../../api/types";
import { useChangeQuery, useChoice, useParam, useScope } from "../../state/hooks";
import { EmptyState } from "../../ui/EmptyState";
import { NoImages } from "../../ui/NoImages";
import { ErrorState } from "../../ui/ErrorState";
import { Page, PageSkeleton } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { formatCount, plural } from "../../ui/format";
import { quoted } from "../../ui/shell";
import { Counts } from "./Counts";
import { GroupRow } from "./GroupRow";
import { ScoresWithout } from "./ScoresWithout";
import { ThresholdSlider } from "./ThresholdSlider";
import { useTagCopies, useUntag } from "./api";

const PAGE_GROUPS = 25;

/** Images that show the same, in groups side by side; tag all but one; the scores without them. */
export default function DataDuplicates() {
  const project = useProject().data;
  const scope = useScope();
  const [kind] = useChoice("kind", ["all", "exact", "near", "mirrored"]);
  const [threshold] = useParam("threshold");
  const [bits] = useParam("bits");
  const [page, setPage] = useParam("page");
  const change = useChangeQuery();
  const number = Math.max(1, Number(page) || 1);
  const nearness = { kind: kind === "all" ? undefined : kind, threshold: threshold ?? undefined, bits: bits ?? undefined };
  const answer = useAsk<DuplicateReport>("duplicates", {
    ...scope,
    ...nearness,
    offset: (number - 1) * PAGE_GROUPS,
    limit: PAGE_GROUPS,
  });
  if (!project) return <PageSkeleton />;
  if (project.sample_count === 0)
    return (
      <Page title="Duplicates">
        <NoImages project={project} />
      </Page>
    );
  const report = answer.data;
  if (report && report.compared_count === 0)
    return (
      <Page title="Duplicates">
        <EmptyState title="The images have not been compared yet" command={`misnomer compute ${quoted(project.path)}`}>
          Computing decodes and compares them; it may be stopped and run again at any time.
        </EmptyState>
      </Page>
    );
  return (
    <Page title="Duplicates" lead="Images with equal pixels, whatever the file, and images that nearly look the same. Mirrored copies are shown when asked for. One of each group is kept: the largest, then the first.">
      {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {report ? <Counts report={report} /> : !answer.error && <Skeleton height={80} />}
      <Group gap="lg" align="flex-end">
        <SegmentedControl
          aria-label="Kind of duplicates"
          value={kind}
          onChange={(value) => change({ kind: value === "all" ? null : value, page: null })}
          data={[
            { value: "all", label: "All" },
            { value: "exact", label: "Exact" },
            { value: "near", label: "Near" },
            { value: "mirrored", label: "Mirrored" },
          ]}
        />
        {report && kind !== "exact" && (
          <>
            <Select
              label="Bits of the hash that may differ"
              value={bits ?? "4"}
              onChange={(value) => change({ bits: value === "4" ? null : value, page: null })}
              data={["0", "1", "2", "3", "4"]}
              allowDeselect={false}
              w={220}
            />
            <ThresholdSlider report={report} onChange={(value) => change({ threshold: value, page: null })} />
          </>
        )}
        {report && report.copy_count > 0 && !project.read_only && (
          <TagCopies body={{ kind: kind === "all" ? undefined : kind, threshold: Number(threshold) || undefined, bits: bits === null ? undefined : Number(bits) }} />
        )}
      </Group>
      {report && report.copy_count > 0 && <ScoresWithout scope={scope} nearness={nearness} />}
      {report && <Groups report={report} page={number} onPage={(value) => setPage(value === 1 ? null : String(value))} />}
    </Page>
  );
}

function Groups({ report, page, onPage }: { report: DuplicateReport; page: number; onPage: (page: number) => void }) {
  const pages = Math.ceil(report.group_count / PAGE_GROUPS);
  return (
    <Section
      title={plural(report.group_count, "group")}
      note="Groups with contradictory labels first, then those that cross splits, then the largest."
      actions={pages > 1 && <Pagination total={pages} value={page} onChange={onPage} size="sm" getControlProps={(control) => ({ "aria-label": `${control} page` })} />}
    >
      {report.groups.map((group) => (
        <GroupRow key={group.kept} group={group} />
      ))}
      {report.groups.length === 0 && <Text size="sm">No duplicates at this threshold among the images of this filter.</Text>}
    </Section>
  );
}

/** Tags all copies of every group, whatever the filter, and can take it back. */
function TagCopies({ body }: { body: { kind: string | undefined; threshold: number | undefined; bits: number | undefined } }) {
  const [tag, setTag] = useState("duplicate");
  const copies = useTagCopies();
  const undo = useUntag();
  const done = copies.data;
  const tagAll = () => {
    undo.reset();
    copies.mutate({ ...body, tag });
  };
  return (
    <Group gap="xs" align="flex-end">
      <TextInput label="Tag all but the kept one" value={tag} onChange={(event) => setTag(event.currentTarget.value)} w={190} maxLength={200} />
      <Button disabled={!tag.trim()} loading={copies.isPending} onClick={tagAll}>
        Tag
      </Button>
      {done && copies.variables && (
        <Text size="sm" role="status">
          {undo.isSuccess ? "Undone." : `${formatCount(done.changed)} tagged.`}{" "}
          {!undo.isSuccess && done.changed > 0 && (
            <Button variant="subtle" size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate({ tag: copies.variables.tag, keys: done.keys })}>
              Undo
            </Button>
          )}
        </Text>
      )}
      {copies.error && (
        <Text size="sm" role="alert">
          {copies.error.message}
        </Text>
      )}
    </Group>
  );
}
