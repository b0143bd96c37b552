/** What the Explorer asks of the server. */

import { type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { type Parameters, address, fetchAnswer, send } from "../../api/client";
import { useAsk } from "../../api/queries";
import type { FieldHistogram, SampleDetail, TagChange } from "../../api/types";
import { type Filter, writeFilter } from "../../state/filter";

export interface TagRequest {
  tag: string;
  remove: boolean;
  filter: Filter;
  model?: string | undefined;
  labels?: string | undefined;
}

export const useHistogram = (parameters: Parameters, enabled: boolean): UseQueryResult<FieldHistogram> =>
  useAsk<FieldHistogram>("histogram", parameters, { enabled });

export const useSampleDetail = (id: number, parameters: Parameters): UseQueryResult<SampleDetail> =>
  useAsk<SampleDetail>(`samples/${id}`, parameters);

/** Tag or untag; everything that shows tags is asked again. */
export function useTagMutation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: TagRequest) => send<TagChange>("POST", "tags", request),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useNoteMutation(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => send<unknown>("PUT", `samples/${id}/note`, { text }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Download the samples of a filter as a file. */
export async function downloadExport(format: string, filter: Filter, scope: { model?: string | undefined; labels?: string | undefined }): Promise<void> {
  const answer = await fetchAnswer(address("api/export"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ format, filter: JSON.parse(writeFilter(filter) ?? "{}"), ...scope }),
  });
  const name = /filename="?([^";]+)"?/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? `samples.${format}`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
