import { useProject } from "../../api/queries";
import type { DuplicateReport } from "../../api/types";
import { Stat } from "../../ui/Stat";
import { Stats } from "../../ui/Stats";
import { formatCount, plural } from "../../ui/format";

/** How many groups, copies, and groups with something odd about them. */
export function Counts({ report }: { report: DuplicateReport }) {
  const hasSplits = Object.keys(useProject().data?.splits ?? {}).length > 0;
  return (
    <Stats>
      <Stat title="Groups" value={formatCount(report.group_count)} note={`${formatCount(report.exact_group_count)} of equal pixels`} />
      <Stat title="Copies" value={formatCount(report.copy_count)} note={`of ${plural(report.compared_count, "image")} compared`} />
      <Stat title="Contradictory labels" value={formatCount(report.contradictory_label_count)} note="one picture, two labels" />
      <Stat title="Contradictory predictions" value={formatCount(report.contradictory_prediction_count)} note="a model says two classes" />
      <Stat title="Crossing splits" value={formatCount(report.crossing_count)} note={hasSplits ? "a test image may be in train" : "the images came without splits"} />
    </Stats>
  );
}
