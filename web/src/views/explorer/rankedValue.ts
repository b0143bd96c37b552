/** What a card says about the field that the list is ranked by. */

import type { AcquisitionSample, Field, Sample, SimilarSample } from "../../api/types";
import { formatValue } from "../../ui/format";

/** In place of a field's name where the list is of similar images. */
export const DISTANCE = "distance";

/** Likewise where it says what to annotate next. */
export const REASONS = "reasons";

export interface RankedValue {
  title: string;
  text: string;
}

/** Whether a card's two lines, label and prediction or key, say it anyway. */
export function isOnCard(name: string | null): boolean {
  return name === null || ["key", "label", "prediction", "confidence"].includes(name);
}

/** The field's value of a sample; null where the card says it anyway. */
export function rankedValue(sample: Sample, name: string | null, fields: readonly Field[]): RankedValue | null {
  if (name === null || isOnCard(name)) return null;
  if (name === REASONS) return { title: reasonsOf(sample).join(" "), text: "" };
  const field = fields.find((one) => one.name === name);
  const title = name === DISTANCE ? "Distance" : (field?.title ?? name);
  const value = valueOf(sample, name);
  if (value === null) return { title, text: "–" };
  return { title, text: typeof value === "number" ? formatValue(value) : value };
}

/** A sample's value of any field; null where it has none. */
export function valueOf(sample: Sample, name: string): number | string | null {
  if (name in sample.metrics) return sample.metrics[name] ?? null;
  if (name in sample.metadata) return sample.metadata[name] ?? null;
  const own: Record<string, number | string | null | undefined> = {
    key: sample.key,
    label: sample.label,
    given_label: sample.given_label,
    split: sample.split,
    note: sample.note,
    prediction: sample.prediction,
    confidence: sample.confidence,
    [DISTANCE]: (sample as Partial<SimilarSample>).distance,
  };
  return own[name] ?? null;
}

/** Why a sample should be annotated, where the list says so. */
export function reasonsOf(sample: Sample | undefined): readonly string[] {
  return (sample as Partial<AcquisitionSample> | undefined)?.reasons ?? [];
}
