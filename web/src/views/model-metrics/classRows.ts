import type { ClassScores } from "../../api/types";

export type Column = "name" | "priority" | "support" | "missed" | "recall" | "precision" | "f1";

/** Samples labelled as the class and predicted otherwise: its support less the recalled. */
export function missed(row: ClassScores): number {
  return row.support - Math.round(row.support * row.recall.value);
}

const VALUES: Record<Exclude<Column, "name">, (row: ClassScores) => number> = {
  priority: (row) => row.collection_priority ?? 0,
  support: (row) => row.support,
  missed,
  recall: (row) => row.recall.value,
  precision: (row) => row.precision.value,
  f1: (row) => row.f1.value,
};

/** Rows by a column; equal ones by name. */
export function sortedClasses(rows: readonly ClassScores[], column: Column, descending: boolean): ClassScores[] {
  const sign = descending ? -1 : 1;
  const byName = (first: ClassScores, second: ClassScores) => first.name.localeCompare(second.name);
  if (column === "name") return rows.toSorted((first, second) => sign * byName(first, second));
  const value = VALUES[column];
  return rows.toSorted((first, second) => sign * (value(first) - value(second)) || byName(first, second));
}
