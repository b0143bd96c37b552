import type { Evaluation } from "../../api/types";
import { Chart } from "../../charts/Chart";
import { confidenceFilter } from "../../charts/marks";
import type { Datum } from "../../charts/spec";
import { type Scope, useExplorerHref, useFilter } from "../../state/hooks";
import { Section } from "../../ui/Section";

/** Does the model know how sure it may be? */
export function Reliability({ scope, evaluation }: { scope: Scope; evaluation: Evaluation | undefined }) {
  const [filter] = useFilter();
  const href = useExplorerHref();
  if (evaluation && !evaluation.reliability) return null;
  const toBin = (datum: Datum) => (typeof datum["mean_confidence"] === "number" && "sample_count" in datum ? href(confidenceFilter(datum, filter.classes)) : null);
  return (
    <Section title="Reliability">
      <div style={{ maxWidth: 720 }}>
        <Chart name="reliability" parameters={{ ...scope }} label="Reliability: accuracy by confidence" height={320} lines={2} markHref={toBin} />
      </div>
    </Section>
  );
}
