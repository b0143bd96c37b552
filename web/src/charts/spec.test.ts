import { expect, test } from "vitest";
import { describedRows, fitted, sentencesOf } from "./spec";

const row = { class: "cat", count: 3, about: "cat: 3 samples" };

test("a chart with a width takes the width there is", () => {
  expect(fitted({ width: 440 }, 812.6)["width"]).toBe(812);
  expect(fitted({ width: "container" }, 300)["width"]).toBe(300);
});

const matrix = (columns: number) => ({
  width: { step: 56 },
  height: { step: 56 },
  layer: [{ encoding: { x: { scale: { domain: Array.from({ length: columns }, (_, place) => `class ${place}`) } } } }],
});

test("a matrix that fits keeps its steps", () => {
  expect(fitted(matrix(4), 812)["width"]).toEqual({ step: 56 });
});

test("a matrix that nearly fits gets smaller steps, both ways", () => {
  expect(fitted(matrix(9), 540)).toMatchObject({ width: { step: 49 }, height: { step: 49 } });
});

test("names that stand aslant keep their room to the right of a matrix whose steps become smaller", () => {
  expect(fitted({ ...matrix(9), padding: { left: 4, right: 11 } }, 400)).toMatchObject({ width: { step: 31 }, padding: { left: 4, right: 24 } });
});

test("a matrix that would become too small to read keeps its steps and scrolls", () => {
  expect(fitted(matrix(9), 280)["width"]).toEqual({ step: 56 });
});

test("on a phone names at the axis and in the legend leave most of the width to the marks", () => {
  const spec = { width: "container", config: { axis: { ticks: false, labelLimit: 200 }, legend: { labelLimit: 220 } } };
  expect(fitted(spec, 370)["config"]).toEqual({ axis: { ticks: false, labelLimit: 111 }, legend: { labelLimit: 125 } });
  expect(fitted(spec, 640)["config"]).toEqual(spec.config);
});

test("rows that say what they are are found in every layer, once", () => {
  const spec = { layer: [{ data: { values: [row, { zero: 0 }] } }, { layer: [{ data: { values: [{ ...row }] } }] }] };
  expect(describedRows(spec)).toEqual([row]);
});

test("sentences come from usermeta", () => {
  expect(sentencesOf({ usermeta: { sentences: ["One."] } })).toEqual(["One."]);
  expect(sentencesOf({})).toEqual([]);
});
