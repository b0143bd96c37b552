/** Where a key leads from the card that has the focus. */

import { clamp } from "./geometry";

export type Step = "left" | "right" | "up" | "down" | "first" | "last" | "page up" | "page down";

export interface Steps {
  columns: number;
  total: number;
  /** Rows of a page, for Page Up and Page Down. */
  pageRows: number;
}

/** The next position; the same where there is none in this direction. With no present one, the first. */
export function moved(from: number | null, step: Step, { columns, total, pageRows }: Steps): number | null {
  if (total === 0) return null;
  if (from === null) return step === "last" ? total - 1 : 0;
  const by = { left: -1, right: 1, up: -columns, down: columns, "page up": -columns * pageRows, "page down": columns * pageRows };
  if (step === "first") return 0;
  if (step === "last") return total - 1;
  const next = from + by[step];
  if (next >= 0 && next < total) return next;
  if (step === "page up") return from % columns;
  if (step === "page down") return lastInColumn(from, columns, total);
  if (step === "down") return Math.floor(from / columns) < Math.floor((total - 1) / columns) ? total - 1 : from;
  return clamp(from, 0, total - 1);
}

function lastInColumn(from: number, columns: number, total: number): number {
  const last = Math.floor((total - 1) / columns) * columns + (from % columns);
  return last < total ? last : Math.max(from, last - columns);
}
