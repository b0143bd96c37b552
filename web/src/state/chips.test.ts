import { expect, test } from "vitest";
import { chips } from "./chips";

test("a range is one chip with the metric's title", () => {
  const filter = { where: [{ field: "red_values", operator: ">=" as const, value: 0 }, { field: "red_values", operator: "<" as const, value: 0.3 }] };
  const all = chips(filter, [{ name: "red_values", title: "Red Values", type: "number", kind: "metric", unit: "", description: "" }]);
  expect(all.map((chip) => chip.text)).toEqual(["Red Values 0 – 0.3"]);
  expect(all[0]!.without).toEqual({});
});

test("each other part has a chip of its own, the class filter none", () => {
  const texts = chips({ classes: ["cat"], outcome: "fp", where: [{ field: "style", operator: "=", value: "twitter" }], tags: ["odd", "new"], splits: ["val"], text: "cat/", keys: ["a", "b"] }).map((chip) => chip.text);
  expect(texts).toEqual(["False positive", "style = twitter", "tag odd and new", "split val", "key has “cat/”", "2 chosen images"]);
});

test("a long list of values is cut and says how many more there are", () => {
  const [chip] = chips({ where: [{ field: "label", operator: "in", value: ["a", "b", "c", "d", "e"] }] });
  expect(chip!.text).toBe("label is a or b or c or 2 more");
});

test("a missing value is said in words", () => {
  expect(chips({ where: [{ field: "prediction", operator: "is null" }] })[0]!.text).toBe("prediction missing");
});

test("days of a column of dates are said from the first to the last", () => {
  const where = [{ field: "taken_on", operator: ">=", value: "2024-02-01" }, { field: "taken_on", operator: "<", value: "2024-03-01" }] as const;
  expect(chips({ where }).map((one) => one.text)).toEqual(["taken_on from 2024-02-01 to 2024-02-29"]);
  expect(chips({ where: where.slice(1) }).map((one) => one.text)).toEqual(["taken_on to 2024-02-29"]);
});

test("a condition on another model names it", () => {
  const text = (field: string, value: boolean | string) => chips({ where: [{ field, operator: "=", value }] }).map((one) => one.text);
  expect(text("correct@net@2", true)).toEqual(["net@2 right"]);
  expect(text("correct@net", false)).toEqual(["net wrong"]);
  expect(text("prediction@net", "cat")).toEqual(["prediction of net = cat"]);
});
