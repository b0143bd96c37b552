/** Days from one to another, as conditions on a column of dates, which are text: "2024-05-31" or "2024-05-31 17:04:00". */

import { type Condition, type Filter, withConditions } from "./filter";

export interface Days {
  from: string | null;
  /** The last of them, which belongs to them. */
  to: string | null;
}

const DATED = /^\d{4}-\d{2}-\d{2}($|[T ])/;

/** Whether a value begins with a day, so that the order of the text is that of time. */
export function isDated(value: string): boolean {
  return DATED.test(value);
}

/** The days that the filter's conditions on a field choose. */
export function daysOf(filter: Filter, field: string): Days {
  const of = (operator: Condition["operator"]) => (filter.where ?? []).find((one) => one.field === field && one.operator === operator && typeof one.value === "string");
  const end = of("<")?.value as string | undefined;
  return { from: (of(">=")?.value as string | undefined) ?? null, to: end === undefined ? null : shifted(end, -1) };
}

/** With these days of a field in place of other conditions on it; the end is the next day, so that every hour of the last belongs to it. */
export function withDays(filter: Filter, field: string, { from, to }: Days): Filter {
  const conditions: Condition[] = [];
  if (from !== null) conditions.push({ field, operator: ">=", value: from });
  if (to !== null) conditions.push({ field, operator: "<", value: shifted(to, 1) });
  return withConditions(filter, field, conditions);
}

function shifted(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}
