/** Filter: which samples. The same value as in Python, in JSON and in the URL; pure functions over it. */

import type { Outcome } from "../api/types";

export type Operator = "<" | "<=" | ">" | ">=" | "=" | "!=" | "in" | "not in" | "is null" | "is not null";
export type ConditionValue = number | string | boolean | readonly string[] | null;

export interface Condition {
  field: string;
  operator: Operator;
  value?: ConditionValue;
}

export interface Filter {
  classes?: readonly string[];
  outcome?: Outcome;
  where?: readonly Condition[];
  tags?: readonly string[];
  splits?: readonly string[];
  text?: string;
  keys?: readonly string[];
  /** Corners of a polygon on the map. */
  region?: readonly (readonly [number, number])[];
}

export interface Range {
  low: number | null;
  high: number | null;
  /** Whether the high end itself belongs to it; bins of charts exclude it, except the last. */
  closed: boolean;
}

const ENTRIES = ["classes", "outcome", "where", "tags", "splits", "text", "keys", "region"] as const;

/** The filter of a URL; what cannot be read is no filter. */
export function parseFilter(text: string | null | undefined): Filter {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? tidy(value as Filter) : {};
  } catch {
    return {};
  }
}

/** JSON of a filter with only what is set, in a fixed order; null for no filter. */
export function writeFilter(filter: Filter): string | null {
  const clean = tidy(filter);
  return Object.keys(clean).length === 0 ? null : JSON.stringify(clean);
}

export function isEmpty(filter: Filter): boolean {
  return writeFilter(filter) === null;
}

/** Only what is set, in a fixed order. An empty class list means no class at all and is kept. */
function tidy(filter: Filter): Filter {
  const clean: Record<string, unknown> = {};
  for (const name of ENTRIES) {
    const value = filter[name];
    if (value === undefined || value === null || value === "") continue;
    if (Array.isArray(value) && value.length === 0 && name !== "classes" && name !== "keys") continue;
    clean[name] = value;
  }
  return clean as Filter;
}

/** With other conditions on a field in place of those there are. */
export function withConditions(filter: Filter, field: string, conditions: readonly Condition[]): Filter {
  return tidy({ ...filter, where: [...(filter.where ?? []).filter((one) => one.field !== field), ...conditions] });
}

export function withoutField(filter: Filter, field: string): Filter {
  return withConditions(filter, field, []);
}

/** With a range of a metric in place of the one there is. */
export function withRange(filter: Filter, field: string, range: Range): Filter {
  const conditions: Condition[] = [];
  if (range.low !== null) conditions.push({ field, operator: ">=", value: range.low });
  if (range.high !== null) conditions.push({ field, operator: range.closed ? "<=" : "<", value: range.high });
  return withConditions(filter, field, conditions);
}

/** With one of these values of a field; null among them stands for a missing value alone. */
export function withValues(filter: Filter, field: string, values: readonly string[]): Filter {
  if (values.length === 0) return withoutField(filter, field);
  const [first] = values;
  return withConditions(filter, field, [
    values.length === 1 ? { field, operator: "=", value: first! } : { field, operator: "in", value: [...values] },
  ]);
}

/** The range of a field that the filter's conditions describe, if they describe one. */
export function rangeOf(filter: Filter, field: string): Range | null {
  const range: Range = { low: null, high: null, closed: true };
  for (const { operator, value } of (filter.where ?? []).filter((one) => one.field === field)) {
    if (typeof value !== "number") return null;
    if (operator === ">=" || operator === ">") range.low = value;
    else if (operator === "<=" || operator === "<") Object.assign(range, { high: value, closed: operator === "<=" });
    else return null;
  }
  return range.low === null && range.high === null ? null : range;
}

/** Both filters at once: classes and outcome of the second win, conditions add up. */
export function merged(first: Filter, second: Filter): Filter {
  return tidy({
    ...first,
    ...second,
    where: unique([...(first.where ?? []), ...(second.where ?? [])]),
    tags: unique([...(first.tags ?? []), ...(second.tags ?? [])]),
    splits: second.splits ?? first.splits,
  });
}

function unique<Value>(values: readonly Value[]): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = JSON.stringify(value);
    return !seen.has(text) && seen.add(text);
  });
}
