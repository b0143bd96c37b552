/** What the pages ask for, as cached queries. The key of each is its address, so equal questions are asked once. */

import { type UseQueryResult, keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { type Parameters, get } from "./client";
import type { Evaluation, Importance, Job, LabelErrors, ModelPerformance, Project, SamplePage } from "./types";

export interface AskOptions {
  enabled?: boolean;
  /** Show the answer to the previous question until the next is there, so that the page does not jump. */
  keep?: boolean;
}

/** One GET as a query. */
export function useAsk<Answer>(path: string, parameters: Parameters = {}, options: AskOptions = {}): UseQueryResult<Answer> {
  return useQuery({
    ...question<Answer>(path, parameters),
    enabled: options.enabled ?? true,
    ...((options.keep ?? true) ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Several GETs of one path; the answers are in the order of the questions, undefined until they are there. */
export function useAskEach<Answer>(path: string, questions: readonly Parameters[]): readonly (Answer | undefined)[] {
  return useQueries({
    queries: questions.map((parameters) => ({ ...question<Answer>(path, parameters), placeholderData: keepPreviousData })),
  }).map((answer) => answer.data as Answer | undefined);
}

function question<Answer>(path: string, parameters: Parameters) {
  return { queryKey: [path, parameters], queryFn: ({ signal }: { signal: AbortSignal }) => get<Answer>(path, parameters, signal) };
}

export const useProject = (): UseQueryResult<Project> => useAsk<Project>("project");

export const useEvaluation = (parameters: Parameters, options?: AskOptions): UseQueryResult<Evaluation> =>
  useAsk<Evaluation>("evaluation", parameters, options);

export const useImportance = (parameters: Parameters, options?: AskOptions): UseQueryResult<Importance> =>
  useAsk<Importance>("importance", parameters, options);

export const useByMetric = (parameters: Parameters, options?: AskOptions): UseQueryResult<ModelPerformance[]> =>
  useAsk<ModelPerformance[]>("by-metric", parameters, options);

export const useSamples = (parameters: Parameters, options?: AskOptions): UseQueryResult<SamplePage> =>
  useAsk<SamplePage>("samples", parameters, options);

export const useJobs = (): UseQueryResult<Job[]> => useAsk<Job[]>("jobs");

export const useLabelErrors = (parameters: Parameters, options?: AskOptions): UseQueryResult<LabelErrors> =>
  useAsk<LabelErrors>("label-errors", parameters, options);
