import { describe, expect, it, test } from "vitest";
import { binsBetween, binsOfRange, rangeOfBins, within } from "./brush";

const EDGES = [0, 0.1, 0.2, 0.3, 0.4];

describe("bins as a range", () => {
  it("hold their low end, not their high end", () => expect(rangeOfBins([1, 3], EDGES)).toEqual({ low: 0.1, high: 0.3, closed: false }));
  it("hold the high end of the last bin", () => expect(rangeOfBins([2, 4], EDGES)).toEqual({ low: 0.2, high: 0.4, closed: true }));
});

describe("a range as bins", () => {
  it("is what it was made of", () => {
    for (const bins of [[0, 1], [1, 3], [2, 4], [0, 4]] as [number, number][]) expect(binsOfRange(rangeOfBins(bins, EDGES), EDGES)).toEqual(bins);
  });
  it("without an end reaches to the last bin", () => expect(binsOfRange({ low: 0.2, high: null, closed: true }, EDGES)).toEqual([2, 4]));
  it("touches the bin it begins within", () => expect(binsOfRange({ low: 0.15, high: 0.25, closed: true }, EDGES)).toEqual([1, 3]));
  it("beyond the bins is the nearest one", () => {
    expect(binsOfRange({ low: 5, high: 9, closed: true }, EDGES)).toEqual([3, 4]);
    expect(binsOfRange({ low: -5, high: -1, closed: true }, EDGES)).toEqual([0, 1]);
  });
  it("is everything when there is none", () => expect(binsOfRange(null, EDGES)).toEqual([0, 4]));
  it("is nothing without bins", () => expect(binsOfRange(null, [])).toEqual([0, 0]));
});

it("a drag takes the bins it touches, in either direction", () => {
  expect(binsBetween(0.3, 0.6, 4)).toEqual([1, 3]);
  expect(binsBetween(0.6, 0.3, 4)).toEqual([1, 3]);
  expect(binsBetween(0.5, 0.5, 4)).toEqual([2, 3]);
  expect(binsBetween(-1, 2, 4)).toEqual([0, 4]);
});

test("what is far below or above the bins is no range of them", () => {
  const edges = [1, 2, 3];
  expect(within({ low: null, high: 1, closed: false }, edges)).toBeNull();
  expect(within({ low: 3, high: null, closed: true }, edges)).toBeNull();
  for (const range of [{ low: null, high: 1, closed: true }, { low: 2.5, high: null, closed: true }, { low: null, high: 1.5, closed: false }]) expect(within(range, edges)).toBe(range);
  expect(within(null, edges)).toBeNull();
});
