import { Link } from "wouter";
import { useProject } from "../../api/queries";
import type { Project } from "../../api/types";
import { type Filter, isEmpty } from "../../state/filter";
import { useExplorerHref, useFilter } from "../../state/hooks";
import { ClassBalance } from "../../ui/ClassBalance";
import { EmptyState } from "../../ui/EmptyState";
import { MetricHistogram } from "../../ui/MetricHistogram";
import { Page, PageSkeleton } from "../../ui/Page";
import { Columns, Section } from "../../ui/Section";
import { Stat } from "../../ui/Stat";
import { Stats } from "../../ui/Stats";
import { formatCount, formatRatio, plural } from "../../ui/format";
import { quoted } from "../../ui/shell";
import { useCount } from "../../ui/useCount";
import { Suspected } from "./Suspected";

/** Metrics that say how well a label fits its image. */
const LABEL_CHECKS = ["label_quality", "annotation_quality"];

const LABELLED: Filter = { where: [{ field: "label", operator: "is not null" }] };
const UNLABELLED: Filter = { where: [{ field: "label", operator: "is null" }] };

/** How the labels are spread, and what checking them has found. */
export default function LabelSummary() {
  const project = useProject().data;
  if (!project) return <PageSkeleton />;
  if (project.labelled_count === 0)
    return (
      <Page title="Label Quality">
        <EmptyState title="No labels yet" command={`misnomer add-labels ${quoted(project.path)} FILE`}>
          Add a table of keys and labels.
        </EmptyState>
      </Page>
    );
  return (
    <Page title="Label Quality">
      <Counts project={project} />
      <Columns>
        <Section title="Class distribution">
          <ClassBalance area="label" classCount={project.classes.length} />
        </Section>
        <Suspected project={project} />
      </Columns>
      <Columns>
        <Checks project={project} />
      </Columns>
    </Page>
  );
}

function Counts({ project }: { project: Project }) {
  const [filter] = useFilter();
  const href = useExplorerHref("label");
  const counts = project.classes.map((one) => one.sample_count).filter((count) => count > 0);
  const [most, least] = [Math.max(...counts), Math.min(...counts)];
  const all = isEmpty(filter) ? "" : " in the whole project";
  const [labelled, unlabelled] = [useCount(LABELLED), useCount(UNLABELLED)];
  const link = (chosen: Filter) => (
    <Link className="figure-link" href={href(chosen)}>
      show
    </Link>
  );
  return (
    <Stats>
      <Stat title="Labelled" value={labelled === null ? null : formatCount(labelled)} note={labelled === 0 ? "no image here" : link(LABELLED)} />
      <Stat title="Without label" value={unlabelled === null ? null : formatCount(unlabelled)} note={unlabelled === 0 ? "every image has one" : link(UNLABELLED)} />
      <Stat title="Classes" value={formatCount(project.classes.length)} note={all || "\u00a0"} />
      <Stat title="Largest to smallest class" value={`${formatRatio(most / least)} ×`} note={`${formatCount(most)} to ${plural(least, "image")}${all}`} />
    </Stats>
  );
}

function Checks({ project }: { project: Project }) {
  const href = useExplorerHref("label");
  const found = project.metrics.filter((one) => LABEL_CHECKS.includes(one.metric) && one.sample_count > 0);
  if (found.length === 0)
    return (
      <Section title="What label checks have found">
        <EmptyState title="The labels have not been checked yet" command={`misnomer compute ${quoted(project.path)}`}>
          Computing compares each label with those of the most similar images. It can be stopped at any time and goes on where it was.
        </EmptyState>
      </Section>
    );
  return (
    <>
      {found.map((one) => (
        <Section key={one.metric} title={one.title} note={one.description} actions={<Link className="figure-link" href={href({}, { sort: one.metric })}>the most doubtful first</Link>}>
          <MetricHistogram metric={one.metric} title={one.title} area="label" />
        </Section>
      ))}
    </>
  );
}
