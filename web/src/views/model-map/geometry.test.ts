import { describe, expect, test } from "vitest";
import { type Corner, PointGrid, asRegion, fitted, inside, moved, seen, simplified, toMap, toScreen, zoomed } from "./geometry";

const SIZE = { width: 800, height: 400 };

describe("views", () => {
  const view = fitted([-10, 10], [0, 5], SIZE);

  test("everything is seen at first, the right way up", () => {
    const [left, bottom] = toScreen([-10, 0], view, SIZE);
    const [right, top] = toScreen([10, 5], view, SIZE);
    expect(left).toBeGreaterThan(0);
    expect(right).toBeLessThan(800);
    expect(top).toBeLessThan(bottom);
  });

  test("the screen and the map are each other's inverse", () => {
    const [x, y] = toMap(toScreen([3, 4], view, SIZE), view, SIZE);
    expect(x).toBeCloseTo(3);
    expect(y).toBeCloseTo(4);
  });

  test("the point under the pointer stays while zooming, and follows it while moving", () => {
    const before = toMap([100, 50], view, SIZE);
    const after = toMap([100, 50], zoomed(view, 1.5, [100, 50], SIZE), SIZE);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
    const there = toMap([130, 80], moved(view, 30, 30), SIZE);
    expect(there[0]).toBeCloseTo(before[0]);
    expect(there[1]).toBeCloseTo(before[1]);
  });

  test("no point at all has a view too", () => {
    expect(Number.isFinite(fitted([], [], SIZE).zoom)).toBe(true);
    expect(Number.isFinite(fitted([1], [1], SIZE).zoom)).toBe(true);
  });
});

describe("regions", () => {
  test("a straight line of many points is its ends", () => {
    expect(simplified(Array.from({ length: 50 }, (_, n): Corner => [n, 2 * n]), 0.01)).toEqual([
      [0, 0],
      [49, 98],
    ]);
  });

  test("a drawn circle becomes a short polygon that holds the same points", () => {
    const circle = Array.from({ length: 500 }, (_, n): Corner => [Math.cos(n / 80) * 3, Math.sin(n / 80) * 3]);
    const region = asRegion(circle, { x: 0, y: 0, zoom: 5 })!;
    expect(region.length).toBeLessThanOrEqual(60);
    expect(JSON.stringify(region).length).toBeLessThan(1500);
    expect([...inside([0, 2.5, 3.5, -4], [0, 0, 0, 0], region)]).toEqual([1, 1, 0, 0]);
  });

  test("a click and a back-and-forth line enclose nothing", () => {
    const view = { x: 0, y: 0, zoom: 3 };
    expect(asRegion([[0, 0]], view)).toBeNull();
    expect(asRegion([[0, 0], [5, 5], [0, 0]], view)).toBeNull();
  });

  test("what is seen is a rectangle", () => {
    const corners = seen({ x: 1, y: 1, zoom: 0 }, { width: 4, height: 2 });
    expect([...inside([1, 2.9, 3.1], [1, 1.9, 1], corners)]).toEqual([1, 1, 0]);
  });

  test("inside goes by the even-odd rule", () => {
    const u: Corner[] = [[-0.5, -2], [4.5, -2], [4.5, 1], [3.5, 1], [3.5, -1], [0.5, -1], [0.5, 1], [-0.5, 1]];
    expect([...inside([0, 1, 2, 3, 4], [0, 0, 0, 0, 0], u)]).toEqual([1, 0, 0, 0, 1]);
  });
});

describe("the nearest point", () => {
  test("is that of a search through all", () => {
    const random = (() => {
      let state = 1;
      return () => (state = (state * 48271) % 2147483647) / 2147483647;
    })();
    const x = Float32Array.from({ length: 3000 }, () => random() * 10);
    const y = Float32Array.from({ length: 3000 }, () => random() * 2);
    const grid = new PointGrid(x, y);
    for (let trial = 0; trial < 200; trial++) {
      const at: Corner = [random() * 12 - 1, random() * 4 - 1];
      let best = -1;
      let distance = 0.3 ** 2;
      for (let row = 0; row < x.length; row++) {
        const found = (x[row]! - at[0]) ** 2 + (y[row]! - at[1]) ** 2;
        if (found <= distance) [best, distance] = [row, found];
      }
      expect(grid.nearest(at, 0.3)).toBe(best);
    }
  });

  test("is none where there is none, or no point at all, or all in one place", () => {
    expect(new PointGrid(new Float32Array(), new Float32Array()).nearest([0, 0], 1)).toBe(-1);
    const same = new PointGrid(new Float32Array([1, 1]), new Float32Array([1, 1]));
    expect(same.nearest([1, 1], 1)).toBeGreaterThanOrEqual(0);
    expect(same.nearest([9, 9], 1)).toBe(-1);
  });
});
