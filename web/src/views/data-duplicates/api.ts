/** What the Duplicates page asks the server to change. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../../api/client";
import type { TagChange } from "../../api/types";

interface CopyTagging {
  tag: string;
  kind: string | undefined;
  threshold: number | undefined;
  bits: number | undefined;
}

/** Tag all but the kept sample of every group. */
export function useTagCopies() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CopyTagging) => send<TagChange>("POST", "duplicates/tags", body),
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Take a tag off samples again. */
export function useUntag() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ tag, keys }: { tag: string; keys: readonly string[] }) =>
      send<TagChange>("POST", "tags", { tag, remove: true, filter: { keys } }),
    onSuccess: () => queries.invalidateQueries(),
  });
}
