/** Which part of the list is shown when the list or its layout changes. */

import { useLayoutEffect, useRef } from "react";
import { type GridLayout, type Span, topThatShows } from "./geometry";
import { keptPosition } from "./keptPosition";
import type { GridScroll } from "./useGridScroll";

interface Shown {
  listKey: string;
  layout: GridLayout;
}

/**
 * A list begins where the history says it was left, a new one at its beginning. In another layout of the same list, the
 * active card stays in view, else the first one that was.
 */
export function useGridPlace(listKey: string, layout: GridLayout, sight: Span, active: number | null, { scrollTo, view }: GridScroll): void {
  const shown = useRef<Shown | null>(null);
  const seen = useRef(sight);
  useLayoutEffect(() => {
    if (layout.rowCount === 0) return;
    const before = shown.current;
    shown.current = { listKey, layout };
    if (before?.listKey !== listKey) {
      const position = keptPosition();
      if (position > 0) scrollTo(rowTop(position, layout));
      else if (before === null || window.scrollY > 0) window.scrollTo({ top: 0, behavior: "instant" });
      return;
    }
    if (before.layout.columns === layout.columns && before.layout.rowHeight === layout.rowHeight) return;
    const { top, height } = view();
    const isInView = (position: number) => rowTop(position, before.layout) + before.layout.rowHeight > top && rowTop(position, before.layout) < top + height;
    const anchor = active !== null && isInView(active) ? active : top > 0 ? seen.current.start + before.layout.columns : null;
    if (anchor === null) return;
    const wanted = rowTop(anchor, layout) - (rowTop(anchor, before.layout) - top); // it stays where it is in the window
    scrollTo(topThatShows(layout, Math.floor(anchor / layout.columns), wanted, height));
  }, [listKey, layout, active, scrollTo, view]);
  useLayoutEffect(() => {
    seen.current = sight;
  });
}

function rowTop(position: number, { columns, rowHeight }: GridLayout): number {
  return Math.floor(position / columns) * rowHeight;
}
