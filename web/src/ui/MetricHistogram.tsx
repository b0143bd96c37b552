import { useAsk } from "../api/queries";
import type { FieldHistogram } from "../api/types";
import { Chart } from "../charts/Chart";
import type { Datum } from "../charts/spec";
import { withRange } from "../state/filter";
import { type ExplorerArea, useExplorerHref, useScope } from "../state/hooks";

const BINS = 30;

/** How a metric is spread; a bar leads to its samples. */
export function MetricHistogram({ metric, title, area }: { metric: string; title: string; area: ExplorerArea }) {
  const scope = useScope();
  const href = useExplorerHref(area);
  const edges = useAsk<FieldHistogram>("histogram", { field: metric, ...scope, bins: BINS }).data?.edges;
  const toBin = (datum: Datum) => {
    const [low, high] = [datum["low"], datum["high"]];
    if (typeof low !== "number" || typeof high !== "number") return null;
    return href(withRange({}, metric, { low, high, closed: high === edges?.at(-1) }), { sort: metric });
  };
  return <Chart name="metric_histogram" parameters={{ ...scope, field: metric, bins: BINS }} label={`Distribution of ${title}`} height={200} markHref={toBin} />;
}
