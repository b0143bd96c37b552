import { describe, expect, it } from "vitest";
import { gridLayout, pagesOf, positionsOf, topThatShows, visibleRows } from "./geometry";

const SIZE = { width: 1000, card: 190, gap: 10, textHeight: 40 };

describe("the grid's layout", () => {
  it("fits as many columns as there is room for", () => {
    const layout = gridLayout(SIZE, 23);
    expect(layout).toEqual({ columns: 5, cardWidth: 192, rowHeight: 242, rowCount: 5, height: 1210 });
  });

  it("has one column where not even one card fits", () => {
    expect(gridLayout({ ...SIZE, width: 100 }, 3)).toMatchObject({ columns: 1, cardWidth: 100, rowCount: 3 });
  });

  it("has no rows without samples", () => {
    expect(gridLayout(SIZE, 0)).toMatchObject({ rowCount: 0, height: 0 });
  });

  it("never fits cards wider than the grid", () => {
    for (let width = 1; width < 3000; width += 37) {
      const { columns, cardWidth } = gridLayout({ ...SIZE, width }, 10);
      expect(columns * cardWidth + (columns - 1) * SIZE.gap).toBeLessThanOrEqual(width);
    }
  });
});

describe("the rows in view", () => {
  const layout = gridLayout(SIZE, 1_000_000);

  it("are those that touch the view and one more on either side", () => {
    expect(visibleRows(layout, 242 * 10, 242 * 3)).toEqual({ start: 9, end: 14 });
  });

  it("end where the list ends", () => {
    expect(visibleRows(layout, layout.height - 100, 900)).toEqual({ start: layout.rowCount - 2, end: layout.rowCount });
  });

  it("are none above the first", () => {
    expect(visibleRows(layout, -5000, 900)).toEqual({ start: 0, end: 0 });
  });

  it("hold the positions of all their columns, up to the last sample", () => {
    expect(positionsOf(gridLayout(SIZE, 23), { start: 3, end: 5 }, 23)).toEqual({ start: 15, end: 23 });
  });
});

it("a span of positions touches the pages that hold it", () => {
  expect(pagesOf({ start: 95, end: 101 }, 100)).toEqual([0, 1]);
  expect(pagesOf({ start: 100, end: 200 }, 100)).toEqual([1]);
  expect(pagesOf({ start: 5, end: 5 }, 100)).toEqual([]);
});

describe("bringing a row into view", () => {
  const layout = gridLayout(SIZE, 1000);

  it("does not move when the row is whole in view", () => expect(topThatShows(layout, 2, 242, 900)).toBe(242));
  it("goes up to the row's top", () => expect(topThatShows(layout, 1, 500, 900)).toBe(242));
  it("goes down until the row's end is in view", () => expect(topThatShows(layout, 5, 0, 900)).toBe(6 * 242 - 900));
  it("shows the top of a row that is higher than the view", () => expect(topThatShows(layout, 5, 0, 100)).toBe(5 * 242));
});
