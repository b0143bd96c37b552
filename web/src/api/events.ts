/** What the server pushes: progress of jobs, and that the project has changed. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { address } from "./client";
import type { Job } from "./types";

/** Listen as long as the frame stands; the browser connects again by itself after a restart of the server. */
export function useServerEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined") return undefined;
    const source = new EventSource(address("api/events"));
    source.addEventListener("job", (event: MessageEvent<string>) => keepJob(queries, JSON.parse(event.data) as Job));
    source.addEventListener("changed", () => askAgain(queries));
    return () => source.close();
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
