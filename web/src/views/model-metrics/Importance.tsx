import { SegmentedControl } from "@mantine/core";
import { Chart } from "../../charts/Chart";
import type { Datum } from "../../charts/spec";
import { type Scope, useChoice, usePageHref } from "../../state/hooks";
import { Section } from "../../ui/Section";

/** How much each metric tells about the model being right, and in which direction. */
export function Importance({ scope }: { scope: Scope }) {
  const [view, setView] = useChoice("importance", ["importance", "correlation"]);
  const href = usePageHref();
  const toMetric = (datum: Datum) => (typeof datum["metric"] === "string" ? href("/model/by-metric", { metric: datum["metric"] }) : null);
  return (
    <Section
      title="What goes with being right"
      actions={
        <SegmentedControl
          aria-label="What to show"
          value={view}
          onChange={(value) => setView(value as typeof view)}
          data={[
            { value: "importance", label: "Importance" },
            { value: "correlation", label: "Correlation" },
          ]}
        />
      }
    >
      <Chart name={view} parameters={{ ...scope }} label={view === "importance" ? "Importance of each metric" : "Correlation of each metric with being right"} height={540} lines={3} markHref={toMetric} />
    </Section>
  );
}
