import { expect, it } from "vitest";
import { FIT, MOST, panned, zoomed } from "./zoom";

const BOX = { width: 400, height: 300 };

it("keeps the point under the pointer in its place", () => {
  const point = { x: 100, y: 60 };
  const zoom = zoomed(FIT, 2, point, BOX);
  expect(zoom).toEqual({ scale: 2, x: -100, y: -60 });
  const again = zoomed(zoom, 2, point, BOX);
  // the point of the image that lay there lies there still
  expect((point.x - again.x) / again.scale).toBeCloseTo((point.x - zoom.x) / zoom.scale);
});

it("is never smaller than the box, nor without limit", () => {
  expect(zoomed(zoomed(FIT, 4, { x: 50, y: 50 }, BOX), 0.01, { x: 200, y: 100 }, BOX)).toEqual({ scale: 1, x: 0, y: 0 });
  expect(zoomed(FIT, 1e9, { x: 0, y: 0 }, BOX).scale).toBe(MOST);
});

it("moves only as far as the image fills the box", () => {
  const zoom = zoomed(FIT, 2, { x: 200, y: 150 }, BOX);
  expect(panned(zoom, { x: 1000, y: 1000 }, BOX)).toEqual({ scale: 2, x: 0, y: 0 });
  expect(panned(zoom, { x: -1000, y: -1000 }, BOX)).toEqual({ scale: 2, x: -400, y: -300 });
  expect(panned(FIT, { x: 30, y: 30 }, BOX)).toEqual(FIT);
});
