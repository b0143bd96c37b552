/** The samples most similar to some others, or to an image from outside, as a list for the grid. */

import { useQuery } from "@tanstack/react-query";
import { send, sendFile } from "../../api/client";
import type { SimilarPage } from "../../api/types";
import type { Filter } from "../../state/filter";
import { useFilter, useScope } from "../../state/hooks";
import type { SampleList } from "./useSampleList";
import { MOST, useWholeList } from "./useWholeList";

/** One question for similar images, among the samples of a filter. */
export function useSimilar(similar: Filter | null, among: Filter, limit: number) {
  const { model, labels } = useScope();
  const asked = similar && {
    ...(isByKey(similar) ? { keys: similar.keys } : { filter: similar }),
    among,
    model,
    labels,
    limit,
  };
  return useQuery({
    queryKey: ["similar", asked],
    queryFn: () => send<SimilarPage>("POST", "similar", asked),
    enabled: asked !== null,
  });
}

function isByKey(filter: Filter): boolean {
  return filter.keys !== undefined && Object.keys(filter).length === 1;
}

/** The list, and what the search says of itself. */
export function useSimilarList(similar: Filter | null): [SampleList, SimilarPage | undefined] {
  const [filter] = useFilter();
  const answer = useSimilar(similar, filter, MOST);
  return [useWholeList(answer), answer.data];
}

/** The same for an image that is a file of the user's. */
export function useSimilarToFile(file: File | null): [SampleList, SimilarPage | undefined] {
  const scope = useScope();
  const answer = useQuery({
    queryKey: ["similar to a file", file?.name, file?.size, file?.lastModified, scope],
    queryFn: () => sendFile<SimilarPage>("similar/image", { ...scope, limit: MOST }, file!),
    enabled: file !== null,
  });
  return [useWholeList(answer), answer.data];
}
