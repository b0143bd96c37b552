/** How many copies there are at a threshold. */

export interface ThresholdCount {
  threshold: number;
  copy_count: number;
}

/** The count at the step nearest to a threshold; null without any. */
export function copiesAt(counts: readonly ThresholdCount[], threshold: number): number | null {
  let nearest: ThresholdCount | null = null;
  for (const one of counts)
    if (nearest === null || Math.abs(one.threshold - threshold) < Math.abs(nearest.threshold - threshold)) nearest = one;
  return nearest?.copy_count ?? null;
}
