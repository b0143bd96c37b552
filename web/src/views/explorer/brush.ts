/** A brush over the bins of a histogram, as a range of the field. Pure. */

import type { Range } from "../../state/filter";
import { clamp } from "./grid/geometry";

/** Bins from the first to before the last. */
export type Bins = [first: number, end: number];

/** The range that holds exactly the samples of these bins: a bin has its low end, the last of all also its high end. */
export function rangeOfBins([first, end]: Bins, edges: readonly number[]): Range {
  return { low: edges[first] ?? null, high: edges[end] ?? null, closed: end === edges.length - 1 };
}

/** The range, if it touches a bin: what is far below or above all bins is no part of them. */
export function within(range: Range | null, edges: readonly number[]): Range | null {
  const [low, high] = [edges[0], edges.at(-1)];
  if (range === null || low === undefined || high === undefined) return range;
  const isBelow = range.high !== null && (range.closed ? range.high < low : range.high <= low);
  return isBelow || (range.low !== null && range.low >= high) ? null : range;
}

/** The bins that a range touches; all of them without a range. */
export function binsOfRange(range: Range | null, edges: readonly number[]): Bins {
  const count = edges.length - 1;
  if (range === null || count < 1) return [0, Math.max(count, 0)];
  const first = range.low === null ? 0 : edges.findLastIndex((edge) => edge <= range.low!);
  const end = range.high === null ? count : edges.findIndex((edge) => edge >= range.high!);
  const from = clamp(first, 0, count - 1);
  return [from, end === -1 ? count : clamp(end, from + 1, count)];
}

/** The bins between two places, each a fraction 0 to 1 of the width; a place alone is its bin. */
export function binsBetween(from: number, to: number, count: number): Bins {
  const first = clamp(Math.floor(Math.min(from, to) * count), 0, count - 1);
  return [first, clamp(Math.ceil(Math.max(from, to) * count), first + 1, count)];
}
