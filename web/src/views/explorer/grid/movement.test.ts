import { expect, it } from "vitest";
import { type Step, moved } from "./movement";

// 0  1  2  3
// 4  5  6  7
// 8  9
const STEPS = { columns: 4, total: 10, pageRows: 2 };

it.each<[number | null, Step, number | null]>([
  [5, "left", 4],
  [5, "right", 6],
  [5, "up", 1],
  [5, "down", 9],
  [4, "left", 3],
  [0, "left", 0],
  [9, "right", 9],
  [1, "up", 1],
  [7, "down", 9],
  [9, "down", 9],
  [6, "first", 0],
  [6, "last", 9],
  [9, "page up", 1],
  [5, "page up", 1],
  [1, "page down", 9],
  [3, "page down", 7],
  [null, "right", 0],
  [null, "last", 9],
])("from %s %s leads to %s", (from, step, to) => {
  expect(moved(from, step, STEPS)).toBe(to);
});

it("leads nowhere without samples", () => {
  expect(moved(null, "right", { ...STEPS, total: 0 })).toBeNull();
});
