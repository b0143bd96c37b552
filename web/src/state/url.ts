/** The URL is the state: a page's path and its query. Pure functions. */

export const PAGES = {
  "/data/summary": "Data Quality › Summary",
  "/data/explorer": "Data Quality › Explorer",
  "/data/duplicates": "Data Quality › Duplicates",
  "/label/summary": "Label Quality › Summary",
  "/label/explorer": "Label Quality › Explorer",
  "/label/review": "Label Quality › Review",
  "/model/metrics": "Model Quality › Metrics",
  "/model/by-metric": "Model Quality › Performance By Metric",
  "/model/explorer": "Model Quality › Explorer",
  "/model/map": "Model Quality › Map",
  "/model/compare": "Model Quality › Compare",
} as const;

export type PagePath = keyof typeof PAGES;
export type QueryChange = Record<string, string | null | undefined>;

/** What every page shares; all other parameters are a page's own and stay on it. */
const SHARED = ["model", "filter", "labels"] as const;

/** A query with some parameters changed; null or undefined takes one away. */
export function changedQuery(search: string, change: QueryChange): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === "") query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}

/** The shared part of a query, to take along to another page, with some parameters changed. */
export function sharedQuery(search: string, change: QueryChange = {}): string {
  const query = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of SHARED) {
    const value = query.get(name);
    if (value !== null) kept.set(name, value);
  }
  return changedQuery(kept.toString(), change);
}

/** A page's address within the app. */
export function pageHref(path: PagePath, query: string): string {
  return query ? `${path}?${query}` : path;
}
