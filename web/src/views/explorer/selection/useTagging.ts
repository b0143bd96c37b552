/** Giving and taking tags, with an undo for the last change. */

import { useCallback, useState } from "react";
import type { Filter } from "../../../state/filter";
import { useScope } from "../../../state/hooks";
import { plural } from "../../../ui/format";
import { useTagMutation } from "../api";

export interface LastChange {
  text: string;
  /** Null when there is nothing to undo, or more than the server remembers. */
  undo: (() => void) | null;
}

export interface Tagging {
  change: (tag: string, remove: boolean, filter: Filter) => void;
  busy: boolean;
  last: LastChange | null;
  forget: () => void;
  error: Error | null;
}

export function useTagging(): Tagging {
  const { model, labels } = useScope();
  const { mutateAsync, isPending, error, reset } = useTagMutation();
  const [last, setLast] = useState<LastChange | null>(null);
  const change = useCallback(
    (tag: string, remove: boolean, filter: Filter) => {
      setLast(null);
      mutateAsync({ tag, remove, filter, model, labels }).then(
        ({ changed, keys }) => {
          const undo = () => {
            setLast(null);
            mutateAsync({ tag, remove: !remove, filter: { keys }, model, labels }).then(
              () => setLast({ text: `Undone: ${plural(changed, "image")} as before.`, undo: null }),
              () => undefined,
            );
          };
          setLast({ text: saying(tag, remove, changed), undo: changed > 0 && keys.length === changed ? undo : null });
        },
        () => undefined, // shown as `error`
      );
    },
    [mutateAsync, model, labels],
  );
  const forget = useCallback(() => {
    setLast(null);
    reset();
  }, [reset]);
  return { change, busy: isPending, last, forget, error };
}

function saying(tag: string, remove: boolean, changed: number): string {
  if (changed === 0) return remove ? `None of them bears “${tag}”.` : `All of them bear “${tag}” already.`;
  return remove ? `“${tag}” taken off ${plural(changed, "image")}.` : `“${tag}” given to ${plural(changed, "image")}.`;
}
