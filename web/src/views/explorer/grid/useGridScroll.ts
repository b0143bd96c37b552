/** Which part of the grid the window shows, and how to bring another part into it. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type GridLayout, type Span, visibleRows } from "./geometry";
import { type ScrollPlace, type ScrollSizes, isStuck, scrolledTo, settled } from "./scrolling";

const IDLE_MS = 150;
const MARGIN = 8;
/** Higher than any screen: a printer or a picture of the whole page makes a window of the page's height, which is no reason to draw all. */
const TALLEST = 5000;

export interface GridScroll {
  /** Rows to draw. */
  rows: Span;
  /** What to take off a row's place in the content to get its place in the element. */
  offset: number;
  /** Part of the content that is in view, below what sticks to the window's top. */
  view: () => { top: number; height: number };
  /** Bring a part of the content to the top of the view. */
  scrollTo: (top: number) => void;
}

/** Follow the window's scrolling; `onIdle` is told where it came to rest. */
export function useGridScroll(element: RefObject<HTMLElement | null>, layout: GridLayout, onIdle: (top: number) => void): GridScroll {
  const place = useRef<ScrollPlace>({ element: 0, content: 0 });
  const [drawn, setDrawn] = useState<{ rows: Span; offset: number }>({ rows: { start: 0, end: 0 }, offset: 0 });
  const idle = useRef(onIdle);
  idle.current = onIdle;
  /** What has been scrolled since, or moved by what stands above the grid. */
  const sync = useCallback(() => {
    if (element.current) place.current = scrolledTo(window.scrollY - gridTop(element.current), place.current, sizesOf(layout));
  }, [element, layout]);
  const draw = useCallback(() => {
    const rows = visibleRows(layout, place.current.content, Math.min(window.innerHeight, TALLEST));
    const offset = Math.max(0, place.current.content) - Math.max(0, place.current.element);
    setDrawn((before) => (before.rows.start === rows.start && before.rows.end === rows.end && before.offset === offset ? before : { rows, offset }));
  }, [layout]);
  const put = useCallback((next: ScrollPlace) => {
    place.current = next;
    if (element.current) window.scrollTo({ top: next.element + gridTop(element.current), behavior: "instant" });
  }, [element]);

  useEffect(() => {
    let timer = 0;
    let frame = 0;
    const follow = () => {
      frame = 0;
      sync();
      const sizes = sizesOf(layout);
      if (isStuck(place.current, sizes)) put(settled(place.current, sizes));
      draw();
    };
    const rest = () => {
      const next = settled(place.current, sizesOf(layout));
      if (next.element !== place.current.element) put(next);
      draw();
      idle.current(Math.max(0, next.content + stickyHeight()));
    };
    const scrolled = () => {
      frame ||= requestAnimationFrame(follow);
      clearTimeout(timer);
      timer = window.setTimeout(rest, IDLE_MS);
    };
    window.addEventListener("scroll", scrolled, { passive: true });
    window.addEventListener("resize", scrolled);
    return () => {
      window.removeEventListener("scroll", scrolled);
      window.removeEventListener("resize", scrolled);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [layout, sync, draw, put]);
  useLayoutEffect(() => {
    sync();
    draw();
  }, [sync, draw]);

  const scrollTo = useCallback((top: number) => {
    const content = top - stickyHeight();
    put(settled({ element: content, content }, sizesOf(layout)));
    draw();
  }, [layout, draw, put]);
  const view = useCallback(() => {
    sync();
    const covered = stickyHeight();
    return { top: place.current.content + covered, height: window.innerHeight - covered };
  }, [sync]);
  return { ...drawn, view, scrollTo };
}

function sizesOf(layout: GridLayout): ScrollSizes {
  return { contentHeight: layout.height, viewHeight: window.innerHeight };
}

/** Distance of the grid from the document's top. */
function gridTop(element: HTMLElement): number {
  return element.getBoundingClientRect().top + window.scrollY;
}

/** How much of the window's top is not for cards: the top bar, and room for the line around the active card. */
function stickyHeight(): number {
  const bar = document.querySelector("header");
  return MARGIN + (bar && getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().height : 0);
}
