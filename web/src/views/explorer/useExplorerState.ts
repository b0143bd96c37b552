/** The Explorer's own part of the URL. */

import { useCallback, useMemo } from "react";
import { useLocation } from "wouter";
import { useProject } from "../../api/queries";
import type { Field } from "../../api/types";
import { type ExplorerArea, useChangeQuery, useParam, useScope } from "../../state/hooks";
import { clamp } from "./grid/geometry";

export const SIZES = { least: 80, usual: 160, most: 400, step: 20 } as const;

/** In place of a field's name: the order in which the samples were added. */
export const ADDED = "added";

export interface Ranking {
  /** Null: the order of adding. */
  field: string | null;
  descending: boolean;
}

/** Which of the three Explorers this is. */
export function useArea(): ExplorerArea {
  const [path] = useLocation();
  const area = path.split("/")[1];
  return area === "data" || area === "label" ? area : "model";
}

/** What the samples are ranked by: the URL's, else what the area is about. */
export function useRanking(): [Ranking, (ranking: Ranking) => void] {
  const [text, setText] = useParam("sort");
  const area = useArea();
  const fields = useProject().data?.fields;
  const usual = useMemo(() => usualRanking(area, fields ?? []), [area, fields]);
  const ranking = useMemo(() => (text === null ? usual : parseRanking(text)), [text, usual]);
  const set = useCallback((next: Ranking) => setText(writeRanking(next) === writeRanking(usual) ? null : writeRanking(next)), [setText, usual]);
  return [ranking, set];
}

export function parseRanking(text: string): Ranking {
  if (text === ADDED || text === "") return { field: null, descending: false };
  return text.startsWith("-") ? { field: text.slice(1), descending: true } : { field: text, descending: false };
}

export function writeRanking({ field, descending }: Ranking): string {
  return field === null ? ADDED : descending ? `-${field}` : field;
}

/** The most doubtful labels first; the surest predictions first; else the order of adding. */
export function usualRanking(area: ExplorerArea, fields: readonly Field[]): Ranking {
  const has = (name: string) => fields.some((field) => field.name === name);
  const field = area === "label" ? ["label_quality", "annotation_quality"].find(has) : area === "model" && has("confidence") ? "confidence" : undefined;
  return field ? { field, descending: area === "model" } : { field: null, descending: false };
}

/** Width of a card. */
export function useCardSize(): [number, (size: number) => void] {
  const [text, setText] = useParam("size");
  const size = clamp(Number(text) || SIZES.usual, SIZES.least, SIZES.most);
  return [size, useCallback((next) => setText(next === SIZES.usual ? null : String(next), { replace: true }), [setText])];
}

export interface OpenSample {
  id: number;
  /** Its position in the list, when it was opened from there. */
  position: number | null;
}

/** The sample in the detail panel. Going from one to the next is one step of the history. */
export function useOpenSample(): [OpenSample | null, (open: OpenSample | null) => void] {
  const [id] = useParam("sample");
  const [position] = useParam("row");
  const change = useChangeQuery();
  const open = useMemo(() => (id !== null && /^\d+$/.test(id) ? { id: Number(id), position: position !== null && /^\d+$/.test(position) ? Number(position) : null } : null), [id, position]);
  const set = useCallback(
    (next: OpenSample | null) =>
      change({ sample: next && String(next.id), row: next?.position == null ? null : String(next.position) }, { replace: next !== null && open !== null }),
    [change, open],
  );
  return [open, set];
}

/** Model, filter, labels and order as parameters of a request for samples. */
export function useListParameters(): Record<string, string | undefined> {
  const scope = useScope();
  const [{ field, descending }] = useRanking();
  return useMemo(() => ({ ...scope, sort: field === null ? undefined : writeRanking({ field, descending }) }), [scope, field, descending]);
}
