/** Which suspected label is looked at: the server's list without what has just been decided, what was taken back first. */

import type { LabelError } from "../../api/types";

export interface Reviewed {
  /** Decided in this session, the last one last. */
  history: readonly LabelError[];
  /** Taken back, to be decided again now. */
  returned: LabelError | null;
  /** The one that was picked from the list. */
  picked: number | null;
}

export const NOTHING_REVIEWED: Reviewed = { history: [], returned: null, picked: null };

/** The list as it stands. */
export function queueOf(listed: readonly LabelError[], { history, returned }: Reviewed): LabelError[] {
  const gone = new Set(history.map((error) => error.sample.id));
  if (returned) gone.add(returned.sample.id);
  const left = listed.filter((error) => !gone.has(error.sample.id));
  return returned ? [returned, ...left] : left;
}

/** The one that is looked at: the picked one, else the first. */
export function currentOf(queue: readonly LabelError[], { picked }: Reviewed): LabelError | null {
  return queue.find((error) => error.sample.id === picked) ?? queue[0] ?? null;
}

/** Whether the one that is looked at has left the list without a decision here: it stays, so that no key meets another image. */
export function wasTakenAway(held: LabelError | null, queue: readonly LabelError[], { history, picked }: Reviewed): boolean {
  if (held === null || (picked !== null && picked !== held.sample.id)) return false;
  return ![...queue, ...history].some((error) => error.sample.id === held.sample.id);
}

/** After a decision on an error. The next one is that after it, not the first. */
export function decided(reviewed: Reviewed, queue: readonly LabelError[], error: LabelError): Reviewed {
  const place = queue.findIndex((one) => one.sample.id === error.sample.id);
  return {
    history: [...reviewed.history.filter((one) => one.sample.id !== error.sample.id), error],
    returned: reviewed.returned?.sample.id === error.sample.id ? null : reviewed.returned,
    picked: place > 0 ? (queue[place + 1]?.sample.id ?? null) : null,
  };
}

/** After taking back the last decision: it is looked at again. */
export function undone(reviewed: Reviewed): Reviewed {
  const last = reviewed.history.at(-1) ?? null;
  return { history: reviewed.history.slice(0, -1), returned: last ?? reviewed.returned, picked: last?.sample.id ?? null };
}

/** After the server has refused a decision: it can be decided again. */
export function refused(reviewed: Reviewed, sampleId: number | null): Reviewed {
  return { ...reviewed, history: reviewed.history.filter((error) => error.sample.id !== sampleId) };
}
