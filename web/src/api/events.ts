/** What the server pushes: progress of jobs, and that the project has changed. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { address } from "./client";
import type { Job } from "./types";

/**
 * Listen while the page is seen; the browser connects again by itself after a restart of the server.
 * Not in a tab in the background: a browser has six connections to a server, so that a seventh tab would wait for ever.
 */
export function useServerEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined") return undefined;
    let source: EventSource | null = null;
    const listen = () => {
      source = new EventSource(address("api/events"));
      source.addEventListener("job", (event: MessageEvent<string>) => keepJob(queries, JSON.parse(event.data) as Job));
      source.addEventListener("changed", () => askAgain(queries));
    };
    const end = () => {
      source?.close();
      source = null;
    };
    const onSight = () => {
      if (document.visibilityState === "hidden") return end();
      if (source) return undefined;
      void queries.invalidateQueries(); // whatever has happened meanwhile
      return listen();
    };
    if (document.visibilityState !== "hidden") listen();
    document.addEventListener("visibilitychange", onSight);
    return () => {
      document.removeEventListener("visibilitychange", onSight);
      end();
    };
  }, [queries]);
}

/** Each event tells the whole state of its job. */
export function keepJob(queries: QueryClient, job: Job): void {
  queries.setQueryData<Job[]>(["jobs", {}], (jobs = []) => [...jobs.filter((one) => one.id !== job.id), job]);
}

/** Everything but the jobs may have another answer now. */
function askAgain(queries: QueryClient): void {
  void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "jobs" });
}
