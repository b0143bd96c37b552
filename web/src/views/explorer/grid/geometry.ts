/** Where cards lie in the grid. Pure arithmetic, in px. */

export interface GridSize {
  /** Width there is for cards. */
  width: number;
  /** Width a card should have at least, if the grid is so wide. */
  card: number;
  gap: number;
  /** Height of the lines under a card's image. */
  textHeight: number;
}

export interface GridLayout {
  columns: number;
  /** Width of a card, and height of its image. */
  cardWidth: number;
  /** Distance from one row to the next. */
  rowHeight: number;
  rowCount: number;
  height: number;
}

export interface Span {
  /** The first, and the one after the last. */
  start: number;
  end: number;
}

/** As many columns as fit, the cards stretched to fill the width. */
export function gridLayout({ width, card, gap, textHeight }: GridSize, total: number): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (card + gap)));
  const cardWidth = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  const rowHeight = cardWidth + textHeight + gap;
  const rowCount = Math.ceil(total / columns);
  return { columns, cardWidth, rowHeight, rowCount, height: rowCount * rowHeight };
}

/** Rows that a view of this height shows at this place, and `extra` on either side. */
export function visibleRows(layout: GridLayout, top: number, viewHeight: number, extra = 1): Span {
  const start = Math.floor(top / layout.rowHeight) - extra;
  const end = Math.ceil((top + viewHeight) / layout.rowHeight) + extra;
  return { start: clamp(start, 0, layout.rowCount), end: clamp(end, 0, layout.rowCount) };
}

/** The positions of the list that lie in these rows. */
export function positionsOf(layout: GridLayout, rows: Span, total: number): Span {
  return { start: Math.min(rows.start * layout.columns, total), end: Math.min(rows.end * layout.columns, total) };
}

/** Numbers of the pages of `size` that hold these positions. */
export function pagesOf(positions: Span, size: number): number[] {
  if (positions.end <= positions.start) return [];
  const first = Math.floor(positions.start / size);
  const last = Math.floor((positions.end - 1) / size);
  return Array.from({ length: last - first + 1 }, (_, page) => first + page);
}

/** The nearest place at which a whole row is in view; the present one if it is already. */
export function topThatShows(layout: GridLayout, row: number, top: number, viewHeight: number): number {
  const rowTop = row * layout.rowHeight;
  if (rowTop < top) return rowTop;
  const rowEnd = rowTop + layout.rowHeight;
  return rowEnd > top + viewHeight ? Math.min(rowTop, rowEnd - viewHeight) : top;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
