/** The selection, as clicks and keys change it. */

import { useCallback, useRef, useState } from "react";
import type { SampleList } from "../useSampleList";
import { EVERYTHING, NOTHING, type Selection, isSelected, toggled, withSelected } from "./selection";

/** A range that is not loaded yet is fetched; a longer one is chosen by its filter instead. */
export const LONGEST_RANGE = 5000;

export interface Selecting {
  selection: Selection;
  toggle: (position: number) => void;
  /** Select everything from the last one to this. */
  extend: (position: number) => void;
  /** Select the sample at a position if nothing is selected. */
  ensure: (position: number) => void;
  /** Begin ranges here. */
  anchor: (position: number) => void;
  all: () => void;
  clear: () => void;
}

/** @param listKey another list takes away a selection of all: it was of the list before. */
export function useSelecting(list: SampleList, listKey: string): Selecting {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [chosenFrom, setChosenFrom] = useState(listKey);
  const from = useRef<number | null>(null);
  if (chosenFrom !== listKey) {
    setChosenFrom(listKey);
    from.current = null;
    if (selection.all) setSelection(NOTHING);
  }
  const toggle = (position: number) => {
    const sample = list.at(position);
    from.current = position;
    if (sample) setSelection((before) => toggled(before, sample));
  };
  const extend = (position: number) => {
    const start = Math.min(from.current ?? position, position);
    const end = Math.min(Math.max(from.current ?? position, position) + 1, start + LONGEST_RANGE);
    from.current ??= position;
    const loaded = Array.from({ length: end - start }, (_, index) => list.at(start + index));
    if (loaded.every((sample) => sample !== undefined)) setSelection((before) => withSelected(before, loaded, true));
    else list.fetch({ start, end }).then((samples) => setSelection((before) => withSelected(before, samples, true)), () => undefined);
  };
  const ensure = (position: number) => {
    const sample = list.at(position);
    if (sample) setSelection((before) => (before.all || before.some.size > 0 || isSelected(before, sample.id) ? before : withSelected(before, [sample], true)));
  };
  const all = () => {
    if (!list.isWhole) setSelection(EVERYTHING);
    else void list.fetch({ start: 0, end: list.total ?? 0 }).then((samples) => setSelection(withSelected(NOTHING, samples, true)));
  };
  const anchor = (position: number) => {
    from.current = position;
  };
  return { selection, toggle, extend, ensure, anchor, all, clear: useCallback(() => setSelection(NOTHING), []) };
}
