/** Numbers and names for people. Full doubles stay in the data; rounding is here and nowhere else. */

import type { Estimate, Outcome } from "../api/types";

export const OUTCOME_TITLES: Record<Outcome, string> = {
  tp: "True positive",
  fp: "False positive",
  fn: "False negative",
};

/** 1906 → "1,906". */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** 0.78787 → "78.8%". */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** A rate as a number of two digits: 0.78787 → "0.79". */
export function formatRate(rate: number, digits = 2): string {
  return rate.toFixed(digits).replace("-", "−");
}

/** How many times as much, to two digits at least: 1.27 → "1.3", 96.6 → "97". */
export function formatRatio(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(1) : formatCount(Math.round(ratio));
}

/** Any value of a metric, to about four significant digits: 0.30517 → "0.3052", 48213 → "48,213". */
export function formatValue(value: number): string {
  if (Number.isInteger(value)) return formatCount(value).replace("-", "−");
  const size = Math.abs(value);
  if (size >= 1000) return formatCount(Math.round(value)).replace("-", "−");
  if (size < 0.0001) return value.toExponential(2).replace("-", "−");
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** An interval: "0.73 – 0.85" or, as a percentage, "71.9 – 84.3". */
export function formatInterval(estimate: Estimate, as: "percent" | "rate" = "rate", digits = as === "percent" ? 1 : 2): string {
  if (!estimate.interval) return "";
  const [low, high] = estimate.interval;
  const text = as === "percent" ? (value: number) => (value * 100).toFixed(digits) : (value: number) => formatRate(value, digits);
  return `${text(low)} – ${text(high)}`;
}

/** "1 image", "2 images". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Seconds left: "3 min", "12 s". */
export function formatSeconds(seconds: number): string {
  if (seconds >= 5400) return `${Math.round(seconds / 3600)} h`;
  return seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${Math.max(1, Math.round(seconds))} s`;
}
