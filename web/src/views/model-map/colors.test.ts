import { Dictionary, Float32, Int32, Table, Utf8, tableToIPC, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { classPlaces, coloured, withoutOverlap } from "./colors";
import { decodePoints } from "./points";

const text = (values: (string | null)[]) => vectorFromArray(values, new Dictionary(new Utf8(), new Int32()));
const numbers = (values: (number | null)[]) => vectorFromArray(values, new Float32());

const points = decodePoints(
  tableToIPC(
    new Table({
      sample_id: vectorFromArray([4, 5, 6, 7], new Int32()),
      x: numbers([0, 1, 2, 3]),
      y: numbers([0, 0, 4, 4]),
      label: text(["cat", "cat", "dog", null]),
      prediction: text(["cat", "dog", "dog", "dog"]),
      outcome: text(["tp", "fp", "tp", null]),
      color: numbers([0, 5, 10, null]),
    }),
    "stream",
  ),
);
const rgba = (bytes: Uint8Array, row: number) => Array.from(bytes.subarray(4 * row, 4 * row + 4));

describe("points", () => {
  test("are typed arrays with codes for names", () => {
    expect(points.count).toBe(4);
    expect([...points.ids]).toEqual([4, 5, 6, 7]);
    expect([...points.label.codes].map((code) => points.label.names[code] ?? null)).toEqual(["cat", "cat", "dog", null]);
    expect([...(points.color as Float32Array)]).toEqual([0, 5, 10, Number.NaN]);
  });
});

describe("colours", () => {
  test("right is blue, wrong orange, and what has no outcome grey, each counted", () => {
    const found = coloured(points, "outcome", false, null);
    expect(rgba(found.rgba, 0)).toEqual([0x24, 0x64, 0xae, 200]);
    expect(rgba(found.rgba, 1)).toEqual([0xbb, 0x51, 0x07, 200]);
    expect(found.legend.map((entry) => [entry.text, entry.count])).toEqual([
      ["True positive", 2],
      ["False positive", 1],
      ["Without label or prediction", 1],
    ]);
  });

  test("a class has a colour and a condition for exactly its points", () => {
    const [cat, dog, none] = coloured(points, "label", true, null).legend;
    expect(cat).toMatchObject({ text: "cat", count: 2, condition: { field: "label", operator: "=", value: "cat" } });
    expect(dog!.color).not.toBe(cat!.color);
    expect(none).toMatchObject({ text: "Without label", count: 1, condition: { field: "label", operator: "is null" } });
  });

  test("a metric runs from light to dark between its ends", () => {
    const found = coloured(points, "brightness", false, null);
    expect(found.scale).toMatchObject({ low: "0", high: "10" });
    expect(rgba(found.rgba, 0)).not.toEqual(rgba(found.rgba, 2));
    expect(found.legend).toEqual([expect.objectContaining({ text: "Without a value", count: 1 })]);
  });

  test("what lies outside of a region is dimmed", () => {
    const found = coloured(points, "outcome", false, new Uint8Array([1, 0, 1, 0]));
    expect([0, 1, 2, 3].map((row) => rgba(found.rgba, row)[3])).toEqual([200, 24, 200, 24]);
  });

  test("a name stands where most of its class are", () => {
    expect(classPlaces(points, 5)).toEqual([
      { name: "cat", x: 0, y: 0, count: 2 },
      { name: "dog", x: 2, y: 4, count: 1 },
    ]);
  });

  test("names that would cover one before them, or lie outside, are left out", () => {
    const names = [
      { name: "cat", left: 50, top: 50 },
      { name: "dog", left: 55, top: 55 },
      { name: "cow", left: 50, top: 90 },
      { name: "ant", left: 500, top: 50 },
    ];
    expect(withoutOverlap(names, { width: 200, height: 200 }).map((one) => one.name)).toEqual(["cat", "cow"]);
  });

  test("a name that a side would cut off moves inwards", () => {
    const [left, right] = withoutOverlap([{ name: "elephant", left: 2, top: 50 }, { name: "elephant", left: 199, top: 90 }], { width: 200, height: 200 });
    expect(left!.left).toBeCloseTo((8 * 7.2 + 8) / 2);
    expect(right!.left).toBeCloseTo(200 - (8 * 7.2 + 8) / 2);
  });

  test("a very long name is cut and keeps no others away from where it is not seen", () => {
    const names = [{ name: "a sentence ".repeat(20), left: 300, top: 50 }, { name: "cat", left: 450, top: 50 }];
    expect(withoutOverlap(names, { width: 600, height: 200 })).toHaveLength(2);
  });
});
