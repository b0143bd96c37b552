import { useCallback, useEffect, useRef, useState } from "react";
import { get } from "../../api/client";
import type { LabelErrors } from "../../api/types";

const LISTED = 40;

interface Suspects {
  found: LabelErrors | null;
  error: Error | null;
  busy: boolean;
  /** Ask again; while an answer is awaited, once more after it. */
  ask: () => void;
}

const NOTHING = { found: null, error: null, busy: true };

/**
 * The beginning of the list of suspected labels. Not a query of the cache: each decision makes the server tell that
 * something has changed, and an answer that is asked for anew with each would never come to one who decides quickly.
 */
export function useSuspects(model: string | undefined, filter: string | undefined): Suspects {
  const [state, setState] = useState<Omit<Suspects, "ask">>(NOTHING);
  const asking = useRef<{ again: boolean; scope: string } | null>(null);
  const scope = JSON.stringify([model, filter]);
  const ask = useCallback(() => {
    if (asking.current?.scope === scope) {
      asking.current.again = true;
      return;
    }
    const mine = { again: false, scope };
    asking.current = mine;
    setState((before) => ({ ...before, busy: true }));
    const done = (answer: Pick<Suspects, "found"> | Pick<Suspects, "error">) => {
      if (asking.current !== mine) return;
      asking.current = null;
      setState((before) => ({ ...before, error: null, ...answer, busy: mine.again }));
      if (mine.again) ask();
    };
    get<LabelErrors>("label-errors", { model, filter, limit: LISTED }).then(
      (found) => done({ found }),
      (error: Error) => done({ error }),
    );
  }, [model, filter, scope]);
  useEffect(() => {
    setState(NOTHING);
    ask();
  }, [ask]);
  return { ...state, ask };
}
