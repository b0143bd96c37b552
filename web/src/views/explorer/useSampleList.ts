/** The samples of the present filter, page by page: only the pages in sight are asked for. */

import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useDebouncedValue } from "@mantine/hooks";
import { type Parameters, get } from "../../api/client";
import { useSamples } from "../../api/queries";
import type { Sample, SamplePage } from "../../api/types";
import { type Span, pagesOf } from "./grid/geometry";

const PAGE = 60;
/** How long a page that is out of sight is kept: what bounds the memory of a long scroll. */
const KEPT_MS = 20_000;
/** How long a place must be in sight to be asked for, so that a drag of the scroll bar does not ask for all it passes. */
const SETTLE_MS = 80;

export interface SampleList {
  /** How many there are; null until known. */
  total: number | null;
  /** All of it is there; what it holds is not what a filter says. */
  isWhole: boolean;
  /** The sample at a position, if it is there already. */
  at: (position: number) => Sample | undefined;
  /** Samples of a span, asked for if need be. */
  fetch: (span: Span) => Promise<Sample[]>;
  error: Error | null;
  retry: () => void;
}

/** The list, and how to tell which positions are in sight. */
export function useSampleList(parameters: Parameters, enabled: boolean): [SampleList, (sight: Span) => void] {
  const queries = useQueryClient();
  const { sort: _, ...scope } = parameters;
  const count = useSamples({ ...scope, limit: 1 }, { enabled });
  const total = count.data?.total ?? null;
  const [sight, setSight] = useState<Span>({ start: 0, end: 1 });
  const [settled] = useDebouncedValue(sight, SETTLE_MS, { leading: true });
  const pages = enabled && total !== 0 ? pagesOf(settled, PAGE) : [];
  const page = useCallback(
    (number: number) => {
      const asked = { ...parameters, offset: number * PAGE, limit: PAGE };
      return {
        queryKey: ["samples", asked],
        queryFn: ({ signal }: { signal: AbortSignal }) => get<SamplePage>("samples", asked, signal),
        gcTime: KEPT_MS,
      };
    },
    [parameters],
  );
  const answers = useQueries({ queries: pages.map((number) => ({ ...page(number), placeholderData: keepPreviousData })) });
  const failed = count.error ? count : answers.find((answer) => answer.error);
  const at = (position: number): Sample | undefined => {
    const answer = answers[pages.indexOf(Math.floor(position / PAGE))];
    if (answer && !answer.isPlaceholderData) return answer.data?.samples[position % PAGE];
    return queries.getQueryData<SamplePage>(page(Math.floor(position / PAGE)).queryKey)?.samples[position % PAGE];
  };
  const fetch = useCallback(
    async (span: Span) => {
      const samples: Sample[] = [];
      for (const number of pagesOf(span, PAGE)) {
        const { samples: found } = await queries.fetchQuery(page(number));
        samples.push(...found.filter((_sample, index) => number * PAGE + index >= span.start && number * PAGE + index < span.end));
      }
      return samples;
    },
    [queries, page],
  );
  const see = useCallback((next: Span) => setSight((before) => (before.start === next.start && before.end === next.end ? before : next)), []);
  const list = useMemo<SampleList>(
    () => ({ total, isWhole: false, at, fetch, error: failed?.error ?? null, retry: () => void queries.refetchQueries({ queryKey: ["samples"] }) }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [total, fetch, failed?.error, ...answers.map((answer) => answer.data), pages.join()],
  );
  return [list, see];
}
