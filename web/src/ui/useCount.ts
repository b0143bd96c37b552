import { useSamples } from "../api/queries";
import { type Filter, merged, writeFilter } from "../state/filter";
import { useFilter, useScope } from "../state/hooks";

/** How many images of the present filter also meet another; null until it is known. */
export function useCount(also: Filter = {}): number | null {
  const [filter] = useFilter();
  const scope = useScope();
  return useSamples({ ...scope, filter: writeFilter(merged(filter, also)) ?? undefined, limit: 1 }).data?.total ?? null;
}
