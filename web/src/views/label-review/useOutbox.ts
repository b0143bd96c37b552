import { useCallback, useEffect, useRef, useState } from "react";
import { send } from "../../api/client";
import { type Entry, delayMs, mayRetry, readEntries, requestOf, withUndo } from "./outbox";

export interface Outbox {
  waiting: readonly Entry[];
  /** Why the first one has not been saved yet. */
  problem: Error | null;
  decide: (entry: Entry) => void;
  undo: () => void;
  retry: () => void;
}

/** Sends decisions in order and again until each is acknowledged; `refused` hears of those that never will be. */
export function useOutbox(name: string, refused: (entry: Entry, problem: Error) => void): Outbox {
  const key = `misnomer:decisions:${name}`;
  const entries = useRef<Entry[]>([]);
  const sending = useRef(false);
  const failures = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState<{ waiting: readonly Entry[]; problem: Error | null }>({ waiting: [], problem: null });
  const tell = useRef(refused);
  tell.current = refused;

  const put = useCallback(
    (next: Entry[], problem: Error | null) => {
      entries.current = next;
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A full or forbidden storage only costs the memory over a reload.
      }
      setShown({ waiting: next, problem });
    },
    [key],
  );

  const work = useCallback(async () => {
    clearTimeout(timer.current);
    if (sending.current) return;
    for (let entry = entries.current[0]; entry; entry = entries.current[0]) {
      sending.current = true;
      try {
        const { method, path, body } = requestOf(entry);
        await send(method, path, body);
        failures.current = 0;
        put(entries.current.slice(1), null);
      } catch (problem) {
        if (mayRetry(problem)) {
          failures.current += 1;
          put(entries.current, problem as Error);
          timer.current = setTimeout(() => void work(), delayMs(failures.current));
          return;
        }
        put(entries.current.slice(1), null);
        tell.current(entry, problem as Error);
      } finally {
        sending.current = false;
      }
    }
  }, [put]);

  useEffect(() => {
    put(readEntries(localStorage.getItem(key)), null);
    void work();
    return () => clearTimeout(timer.current);
  }, [key, put, work]);

  const add = useCallback(
    (next: Entry[]) => {
      put(next, failures.current > 0 ? shown.problem : null);
      if (failures.current === 0) void work();
    },
    [put, work, shown.problem],
  );

  return {
    ...shown,
    decide: (entry) => add([...entries.current, entry]),
    undo: () => add(withUndo(entries.current, sending.current || failures.current > 0 ? 1 : 0)),
    retry: () => void work(),
  };
}
