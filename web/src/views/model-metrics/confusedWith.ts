import type { ConfusionMatrix } from "../../api/types";

/** A class and the classes it is most often taken for or taken from, most often first. */
export function confusedWith(matrix: ConfusionMatrix, name: string, limit: number): string[] {
  const place = matrix.classes.indexOf(name);
  if (place < 0) return [name];
  const counts = new Map<number, number>();
  for (const [label, prediction, count] of matrix.counts as [number, number, number][]) {
    if (label === prediction || (label !== place && prediction !== place)) continue;
    const other = label === place ? prediction : label;
    counts.set(other, (counts.get(other) ?? 0) + count);
  }
  const others = [...counts].toSorted(([, first], [, second]) => second - first).slice(0, limit);
  return [name, ...others.map(([index]) => matrix.classes[index]!)];
}
