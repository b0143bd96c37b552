import { Select } from "@mantine/core";
import { Link } from "wouter";
import { useProject } from "../../api/queries";
import type { Project } from "../../api/types";
import { type Filter, isEmpty } from "../../state/filter";
import { useExplorerHref, useFilter, useParam } from "../../state/hooks";
import { ClassBalance } from "../../ui/ClassBalance";
import { EmptyState } from "../../ui/EmptyState";
import { NoImages } from "../../ui/NoImages";
import { MetricHistogram } from "../../ui/MetricHistogram";
import { Page, PageSkeleton } from "../../ui/Page";
import { Columns, Section } from "../../ui/Section";
import { Stat } from "../../ui/Stat";
import { Stats } from "../../ui/Stats";
import { formatCount, plural } from "../../ui/format";
import { quoted } from "../../ui/shell";
import { useCount } from "../../ui/useCount";
import { ImportReport } from "./ImportReport";
import { OutlierTable } from "./OutlierTable";
import { Splits } from "./Splits";

/** What the images are: how many, how large, what is odd about them. */
export default function DataSummary() {
  const project = useProject().data;
  if (!project) return <PageSkeleton />;
  if (project.sample_count === 0)
    return (
      <Page title="Data Quality">
        <NoImages project={project} />
      </Page>
    );
  return (
    <Page title="Data Quality">
      <Counts project={project} />
      <Columns>
        <Sizes project={project} />
        <OutlierTable />
      </Columns>
      <Columns>
        <Section title="Class balance">
          {project.classes.length > 0 ? (
            <ClassBalance area="data" classCount={project.classes.length} />
          ) : (
            <EmptyState title="No labels yet" command={`misnomer add-labels ${quoted(project.path)} FILE`} />
          )}
        </Section>
        <Splits project={project} />
      </Columns>
      <ImportReport reports={project.report} />
    </Page>
  );
}

function Counts({ project }: { project: Project }) {
  const [filter] = useFilter();
  const shown = useCount();
  const everything = isEmpty(filter);
  return (
    <Stats>
      <Stat title="Images" value={shown === null ? null : formatCount(shown)} note={<ShowLink filter={{}} count={shown} />} />
      <Missing title="Without label" field="label" none="every image has one" />
      <Unreadable project={project} />
      <Stat title="Classes" value={formatCount(project.classes.length)} note={everything ? plural(project.models.length, "model") : "in the whole project"} />
    </Stats>
  );
}

function Unreadable({ project }: { project: Project }) {
  const title = "Without readable image";
  const measured = project.computed.find((one) => one.step === "pixels")?.done ?? 0;
  if (measured === 0) return <Stat title={title} value="–" note="not looked at yet" />;
  if (unreadableCount(project, measured) === 0) return <Stat title={title} value="0" note="every image can be read" />;
  return <Missing title={title} field="width" none="every image here can be read" />;
}

/** How many of the images lack something. */
function Missing({ title, field, none }: { title: string; field: string; none: string }) {
  const where = [{ field, operator: "is null" as const }];
  const count = useCount({ where });
  return <Stat title={title} value={count === null ? null : formatCount(count)} note={count === 0 ? none : <ShowLink filter={{ where }} count={count} />} />;
}

function ShowLink({ filter, count }: { filter: Filter; count: number | null }) {
  const href = useExplorerHref("data");
  if (!count) return <>&nbsp;</>;
  return (
    <Link className="figure-link" href={href(filter)}>
      show
    </Link>
  );
}

/** Samples that were measured but have no size: their image is missing or broken. */
function unreadableCount(project: Project, measured: number): number {
  const sized = project.metrics.find((one) => one.metric === "width")?.sample_count ?? 0;
  return Math.max(0, measured - sized);
}

function Sizes({ project }: { project: Project }) {
  const [name, setName] = useParam("metric");
  const metrics = project.metrics.filter((one) => one.sample_count > 0);
  const metric = metrics.find((one) => one.metric === name) ?? metrics.find((one) => one.metric === "brightness") ?? metrics[0];
  if (!metric)
    return (
      <Section title="Distribution">
        <EmptyState title="Nothing measured yet" command={`misnomer compute ${quoted(project.path)}`} />
      </Section>
    );
  return (
    <Section
      title="Distribution"
      note={metric.description}
      actions={
        <Select aria-label="Metric" w={200} searchable value={metric.metric} onChange={(value) => setName(value)} allowDeselect={false} data={metrics.map((one) => ({ value: one.metric, label: one.title }))} />
      }
    >
      <MetricHistogram metric={metric.metric} title={metric.title} area="data" />
    </Section>
  );
}
