/** A range of the metric as it stands in the URL, in the notation of intervals: "[0.1, 0.25)". Pure functions. */

import { type Filter, type Range, withRange } from "../../state/filter";

/** "[0.1,0.25)" → its ends; null for anything else. */
export function parseRegion(text: string | null): Range | null {
  const match = /^\[([^,]*),([^,]*)([\])])$/.exec(text ?? "");
  if (!match) return null;
  const [low, high] = [Number(match[1]), Number(match[2])];
  return match[1] !== "" && match[2] !== "" && Number.isFinite(low) && Number.isFinite(high) && low <= high ? { low, high, closed: match[3] === "]" } : null;
}

export function writeRegion(range: { low: number; high: number; closed: boolean }): string {
  return `[${range.low},${range.high}${range.closed ? "]" : ")"}`;
}

/** What is brushed by hand, to four digits of the axis' length: nobody aims finer. */
export function rounded(range: { low: number; high: number }, axis: number): { low: number; high: number } {
  const digits = Math.max(0, Math.min(12, 3 - Math.floor(Math.log10(axis || 1))));
  const round = (value: number) => Number(value.toFixed(digits));
  return { low: round(range.low), high: round(range.high) };
}

/** The filter of a region: the metric within it, whatever the filter says of the metric otherwise. */
export function regionFilter(metric: string, region: Range, others: Filter["where"] = []): Filter {
  return { where: [...(withRange({}, metric, region).where ?? []), ...others] };
}
