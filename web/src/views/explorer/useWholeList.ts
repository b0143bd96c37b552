/** Samples in an order of their own, all there at once, as a list for the grid. */

import type { UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Sample } from "../../api/types";
import type { SampleList } from "./useSampleList";

/** How many such a list has at most. */
export const MOST = 500;

export function useWholeList({ data, error, refetch }: UseQueryResult<{ samples: readonly Sample[] }>): SampleList {
  const samples = data?.samples;
  return useMemo(
    () => ({
      total: samples?.length ?? null,
      isWhole: true,
      at: (position) => samples?.[position],
      fetch: ({ start, end }) => Promise.resolve(samples?.slice(start, end) ?? []),
      error,
      retry: () => void refetch(),
    }),
    [samples, error, refetch],
  );
}
