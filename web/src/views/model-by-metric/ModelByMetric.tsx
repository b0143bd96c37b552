import { Checkbox, Group, MultiSelect, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useMemo } from "react";
import { useByMetric, useProject } from "../../api/queries";
import type { ModelPerformance, Project } from "../../api/types";
import { Chart } from "../../charts/Chart";
import { binFilter, rateConditions } from "../../charts/marks";
import type { Datum } from "../../charts/spec";
import { useChoice, useExplorerHref, useFilter, useModel, useParam, useScope } from "../../state/hooks";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Page, PageSkeleton } from "../../ui/Page";
import { quoted } from "../../ui/shell";
import { MetricPicker } from "./MetricPicker";
import { Region } from "./Region";
import { parseNames, writeNames } from "./lines";
import { parseRegion, regionFilter, rounded, writeRegion } from "./region";

const MOST_CLASSES = 7;

/** A rate as a function of a metric, and the images of any part of it. */
export default function ModelByMetric() {
  const project = useProject().data;
  const [model] = useModel();
  if (!project) return <PageSkeleton />;
  if (model === null || project.metrics.length === 0)
    return (
      <Page title="Performance By Metric">
        <EmptyState
          title={model === null ? "No model yet" : "No metric yet"}
          command={model === null ? `misnomer add-predictions ${quoted(project.path)} FILE --model NAME` : `misnomer compute ${quoted(project.path)}`}
        >
          {model === null ? "It takes a model's predictions to see where they are right." : "Compute the metrics of the images, or add a table with numbers of yours."}
        </EmptyState>
      </Page>
    );
  return <Performance project={project} model={model} />;
}

function Performance({ project, model }: { project: Project; model: string }) {
  const metrics = project.metrics.filter((one) => one.sample_count > 0);
  const [metricName, setMetric] = useParam("metric");
  const [rate, setRate] = useChoice("rate", ["recall", "precision"]);
  const [width, setWidth] = useChoice("bin_width", ["equal count", "equal width"]);
  const [bins, setBins] = useParam("bins");
  const [byClass, setByClass] = useParam("by_class");
  const [linesText, setLines] = useParam("lines");
  const [overlay, setOverlay] = useParam("models");
  const [regionText, setRegion] = useParam("region");
  const [filter] = useFilter();
  const scope = useScope();
  const href = useExplorerHref();
  const metric = metrics.find((one) => one.metric === metricName) ?? metrics.find((one) => one.metric === "brightness") ?? metrics[0]!;
  const others = (overlay?.split("\n") ?? []).filter((name) => name !== model && project.models.some((one) => one.name === name));
  const models = useMemo(() => [model, ...others], [model, overlay]); // eslint-disable-line react-hooks/exhaustive-deps
  const question = {
    metric: metric.metric,
    model: models,
    filter: scope.filter,
    labels: scope.labels,
    rate,
    bins,
  };
  const isByClass = byClass !== null && models.length === 1;
  const drawnClasses = useMemo(() => parseNames(linesText), [linesText]);
  const answer = useByMetric({ ...question, width });
  const policy = project.models.find((one) => one.name === model)?.missing_policy ?? "exclude";
  const region = parseRegion(regionText);
  const first = answer.data?.[0]?.performance;
  const toBin = (datum: Datum) => {
    if (typeof datum["low"] !== "number" || typeof datum["high"] !== "number") return null;
    const bin = { metric: metric.metric, low: datum["low"], high: datum["high"], last: isLast(answer.data, datum) };
    const those = binFilter(bin, rate, filter.classes, policy);
    const ofClass = typeof datum["class"] === "string" ? [{ field: rate === "recall" ? "label" : "prediction", operator: "=" as const, value: datum["class"] }] : [];
    return href({ where: [...(those.where ?? []), ...ofClass] }, { model: models.find((name) => name === datum["line"]) ?? model });
  };
  const brushed = (range: { low: number; high: number } | null) => {
    const bounds = first?.bins.length ? first.bins.at(-1)!.high - first.bins[0]!.low : 1;
    setRegion(range && writeRegion({ ...rounded(range, bounds), closed: true }));
  };
  if (answer.error)
    return (
      <Page title="Performance By Metric">
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      </Page>
    );
  return (
    <Page title="Performance By Metric">
      <MetricPicker
        metrics={metrics}
        chosen={metric.metric}
        scope={scope}
        onChoose={(name) => {
          setMetric(name);
        }}
      />
      <Group gap="lg" align="end">
        <SegmentedControl
          aria-label="Rate"
          value={rate}
          onChange={(value) => setRate(value as typeof rate)}
          data={[
            { value: "recall", label: "Recall (true-positive rate)" },
            { value: "precision", label: "Precision" },
          ]}
        />
        <Select
          label="Bins of"
          w={130}
          value={width}
          onChange={(value) => value && setWidth(value as typeof width)}
          allowDeselect={false}
          data={[
            { value: "equal count", label: "equal count" },
            { value: "equal width", label: "equal width" },
          ]}
        />
        <NumberInput label="How many" w={90} min={1} max={50} placeholder="auto" value={bins ?? ""} onChange={(value) => setBins(value === "" ? null : String(value))} />
        {project.models.length > 1 && (
          <Group gap="sm" role="group" aria-label="Models" mih={30}>
            {project.models.map((one) => (
              <Checkbox
                key={one.name}
                label={one.name}
                checked={models.includes(one.name)}
                disabled={one.name === model}
                onChange={() => setOverlay((others.includes(one.name) ? others.filter((name) => name !== one.name) : [...others, one.name]).join("\n") || null)}
              />
            ))}
          </Group>
        )}
        <Checkbox label="By class" mih={24} checked={byClass !== null} disabled={models.length > 1} onChange={() => setByClass(byClass === null ? "true" : null)} />
        {isByClass && (
          <MultiSelect
            label="Classes"
            placeholder={drawnClasses.length === 0 ? "the most often wrong" : undefined}
            w={280}
            searchable
            clearable
            limit={100}
            maxValues={MOST_CLASSES}
            value={drawnClasses}
            onChange={(names) => setLines(writeNames(names))}
            data={(filter.classes ?? project.classes.map((one) => one.name)).filter((name) => name !== "")}
            nothingFoundMessage="No class has this in its name"
          />
        )}
      </Group>
      <Chart
        name="by_metric"
        parameters={{ ...question, bin_width: width, ...(isByClass ? { by_class: true, only: drawnClasses.length > 0 ? drawnClasses : undefined } : {}) }}
        label={`${rate === "recall" ? "Recall" : "Precision"} by ${metric.title}`}
        height={300}
        lines={2}
        markHref={toBin}
        brush={{ range: region && region.low !== null && region.high !== null ? { low: region.low, high: region.high } : null, onBrush: brushed }}
      />
      <Region
        metric={metric}
        region={region}
        bounds={first?.bins.length ? { low: first.bins[0]!.low, high: first.bins.at(-1)!.high } : null}
        filter={region && regionFilter(metric.metric, region, rateConditions(rate, filter.classes, policy))}
        onChange={(next) => setRegion(next && writeRegion(next))}
      />
    </Page>
  );
}

/** Whether a mark's bin is the last of its line, which holds its high end. */
function isLast(performances: readonly ModelPerformance[] | undefined, datum: Datum): boolean {
  const found = performances?.find((one) => one.model === datum["line"]) ?? performances?.[0];
  return found?.performance.bins.at(-1)?.high === datum["high"];
}
