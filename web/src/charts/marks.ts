/** What the marks of each chart stand for, as a filter on exactly its samples. Pure functions, tested against counts. */

import type { MissingPolicy } from "../api/types";
import { type Condition, type Filter, withRange } from "../state/filter";
import type { Datum } from "./spec";

const LABELLED: Condition = { field: "label", operator: "is not null" };
const PREDICTED: Condition = { field: "prediction", operator: "is not null" };

/** Conditions for "counts in the scores": a label and, unless a missing prediction counts as wrong, a prediction. */
function scored(policy: MissingPolicy): Condition[] {
  return policy === "wrong" ? [LABELLED] : [LABELLED, PREDICTED];
}

/** A cell of the confusion matrix; "other" is every class that the class filter leaves out. */
export function cellFilter(cell: Datum, selected: readonly string[] | undefined): Filter {
  return { where: [side("label", cell["label"], cell["label_group"], selected), side("prediction", cell["prediction"], cell["prediction_group"], selected)] };
}

function side(field: string, name: unknown, group: unknown, selected: readonly string[] | undefined): Condition {
  if (group === "no prediction") return { field, operator: "is null" };
  if (group === "other") return { field, operator: "not in", value: [...(selected ?? [])] };
  return { field, operator: "=", value: String(name) };
}

/** A class's recall is about the samples labelled so, its precision about those predicted so. */
export function classRateFilter(name: string, rate: "precision" | "recall", policy: MissingPolicy): Filter {
  const other = rate === "recall" ? (policy === "wrong" ? [] : [PREDICTED]) : [LABELLED];
  return { where: [{ field: rate === "recall" ? "label" : "prediction", operator: "=", value: name }, ...other] };
}

/** Labelled as one class and predicted as another. */
export function pairFilter(label: string, prediction: string): Filter {
  return { where: [{ field: "label", operator: "=", value: label }, { field: "prediction", operator: "=", value: prediction }] };
}

export interface MetricBin {
  metric: string;
  low: number;
  high: number;
  /** The last bin holds its high end, the others do not. */
  last: boolean;
}

/** A bin of performance by metric: the scored samples of that rate under the class filter with the metric in the bin. */
export function binFilter(
  bin: MetricBin,
  rate: "recall" | "precision",
  selected: readonly string[] | undefined,
  policy: MissingPolicy,
): Filter {
  const filter = withRange({}, bin.metric, { low: bin.low, high: bin.high, closed: bin.last });
  return { where: [...(filter.where ?? []), ...rateConditions(rate, selected, policy)] };
}

/** Whose rate it is under the class filter: recall looks at labels, precision at predictions. */
export function rateConditions(rate: "recall" | "precision", selected: readonly string[] | undefined, policy: MissingPolicy): Condition[] {
  const field = rate === "recall" ? "label" : "prediction";
  const among: Condition[] = selected ? [{ field, operator: "in", value: [...selected] }] : [];
  const known = rate === "precision" ? [LABELLED, PREDICTED] : scored(policy);
  return [...among, ...known.filter((one) => !(selected && one.field === field))];
}

/** A bin of the reliability diagram holds confidences above its low and up to its high end; the first also 0. */
export function confidenceFilter(bin: Datum, selected: readonly string[] | undefined): Filter {
  const [low, high] = [Number(bin["low"]), Number(bin["high"])];
  return {
    where: [
      { field: "confidence", operator: low === 0 ? ">=" : ">", value: low },
      { field: "confidence", operator: "<=", value: high },
      ...rateConditions("recall", selected, "exclude"),
    ],
  };
}
