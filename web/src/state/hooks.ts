/** The URL's state as hooks. A change makes an entry in the history, so that the browser's Back undoes it. */

import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { useProject } from "../api/queries";
import type { LabelVersion } from "../api/types";
import { type Filter, merged, parseFilter, writeFilter } from "./filter";
import { type PagePath, type QueryChange, changedQuery, pageHref, sharedQuery } from "./url";

interface ChangeOptions {
  /** Replace the history's entry: for what follows the pointer, such as a slider. */
  replace?: boolean;
}

/** Change several parameters at once. */
export function useChangeQuery(): (change: QueryChange, options?: ChangeOptions) => void {
  const search = useSearch();
  const [path, navigate] = useLocation();
  return useCallback(
    (change, options) => {
      const query = changedQuery(search, change);
      if (query !== changedQuery(search, {})) navigate(query ? `${path}?${query}` : path, { replace: options?.replace ?? false });
    },
    [search, path, navigate],
  );
}

/** One parameter of the page as text, null where it is not set. */
export function useParam(name: string): [string | null, (value: string | null, options?: ChangeOptions) => void] {
  const value = new URLSearchParams(useSearch()).get(name);
  const change = useChangeQuery();
  return [value, useCallback((next, options) => change({ [name]: next }, options), [change, name])];
}

/** One parameter that is one of a few values; anything else in the URL is the first of them. */
export function useChoice<Choice extends string>(
  name: string,
  choices: readonly [Choice, ...Choice[]],
): [Choice, (value: Choice) => void] {
  const [text, setText] = useParam(name);
  const value = choices.find((choice) => choice === text) ?? choices[0];
  return [value, useCallback((next) => setText(next === choices[0] ? null : next), [setText, choices])];
}

/** The filter, and how to set it. */
export function useFilter(): [Filter, (filter: Filter, options?: ChangeOptions) => void] {
  const [text, setText] = useParam("filter");
  const filter = useMemo(() => parseFilter(text), [text]);
  return [filter, useCallback((next, options) => setText(writeFilter(next), options), [setText])];
}

/** The model that is looked at: the URL's, else the project's first, null without any. */
export function useModel(): [string | null, (model: string | null) => void] {
  const [text, setText] = useParam("model");
  const models = useProject().data?.models ?? [];
  return [text ?? models[0]?.name ?? null, setText];
}

/** Which labels count: as given, or with the review's corrections. */
export function useLabels(): [LabelVersion, (labels: LabelVersion) => void] {
  return useChoice("labels", ["given", "corrected"]);
}

export interface Scope {
  model: string | undefined;
  filter: string | undefined;
  labels: string | undefined;
}

/** Model, filter and labels as parameters of a request. */
export function useScope(): Scope {
  const [model] = useModel();
  const [filter] = useFilter();
  const [labels] = useLabels();
  return useMemo(
    () => ({
      model: model ?? undefined,
      filter: writeFilter(filter) ?? undefined,
      labels: labels === "given" ? undefined : labels,
    }),
    [model, filter, labels],
  );
}

/** Addresses of other pages that keep model, filter and labels. */
export function usePageHref(): (path: PagePath, change?: QueryChange) => string {
  const search = useSearch();
  return useCallback((path, change) => pageHref(path, sharedQuery(search, change)), [search]);
}

export type ExplorerArea = "data" | "label" | "model";

/** The Explorer on the samples of the present filter that also meet another; `query` are the Explorer's own parameters. */
export function useExplorerHref(area: ExplorerArea = "model"): (filter: Filter, query?: QueryChange) => string {
  const [present] = useFilter();
  const href = usePageHref();
  return useCallback(
    (filter, query) => href(`/${area}/explorer`, { filter: writeFilter(merged(present, filter)), ...query }),
    [present, href, area],
  );
}

/** The Explorer on the images of the present filter that are most similar to those that also meet another. */
export function useSimilarHref(): (filter: Filter) => string {
  const [present] = useFilter();
  const href = usePageHref();
  return useCallback((filter) => href("/model/explorer", { similar: writeFilter(merged(present, filter)) }), [present, href]);
}
