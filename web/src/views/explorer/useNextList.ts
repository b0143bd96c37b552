/** What to annotate next, as a list for the grid. */

import { useAsk } from "../../api/queries";
import type { AcquisitionPage } from "../../api/types";
import { useScope } from "../../state/hooks";
import type { SampleList } from "./useSampleList";
import { MOST, useWholeList } from "./useWholeList";

/** The list, and what it says of itself. */
export function useNextList(enabled: boolean): [SampleList, AcquisitionPage | undefined] {
  const { model, filter } = useScope();
  const answer = useAsk<AcquisitionPage>("acquisition", { model, filter, limit: MOST }, { enabled });
  return [useWholeList(answer), answer.data];
}
