import { expect, test } from "vitest";
import { binFilter, cellFilter, classRateFilter, confidenceFilter } from "./marks";

const cell = { label: "cat", prediction: "dog", label_group: "class", prediction_group: "class" };

test("a cell is its label and its prediction", () => {
  expect(cellFilter(cell, undefined).where).toEqual([
    { field: "label", operator: "=", value: "cat" },
    { field: "prediction", operator: "=", value: "dog" },
  ]);
});

test("the row of the rest is every label that is not chosen", () => {
  expect(cellFilter({ ...cell, label: "other", label_group: "other" }, ["dog", "emu"]).where?.[0]).toEqual({ field: "label", operator: "not in", value: ["dog", "emu"] });
});

test("a class that is named other is a class", () => {
  expect(cellFilter({ ...cell, label: "other" }, ["other"]).where?.[0]).toEqual({ field: "label", operator: "=", value: "other" });
});

test("the column of missing predictions is those without", () => {
  expect(cellFilter({ ...cell, prediction: "no prediction", prediction_group: "no prediction" }, undefined).where?.[1]).toEqual({ field: "prediction", operator: "is null" });
});

test("recall counts what is labelled so, predicted or not by the policy", () => {
  expect(classRateFilter("cat", "recall", "exclude").where).toHaveLength(2);
  expect(classRateFilter("cat", "recall", "wrong").where).toEqual([{ field: "label", operator: "=", value: "cat" }]);
});

test("a bin under a class filter looks at labels for recall and at predictions for precision", () => {
  const bin = { metric: "brightness", low: 0, high: 0.5, last: false };
  expect(binFilter(bin, "recall", ["cat"], "exclude").where).toEqual([
    { field: "brightness", operator: ">=", value: 0 },
    { field: "brightness", operator: "<", value: 0.5 },
    { field: "label", operator: "in", value: ["cat"] },
    { field: "prediction", operator: "is not null" },
  ]);
  expect(binFilter({ ...bin, last: true }, "precision", undefined, "wrong").where).toEqual([
    { field: "brightness", operator: ">=", value: 0 },
    { field: "brightness", operator: "<=", value: 0.5 },
    { field: "label", operator: "is not null" },
    { field: "prediction", operator: "is not null" },
  ]);
});

test("a bin of confidence is open below, but for the first", () => {
  expect(confidenceFilter({ low: 0.1, high: 0.2 }, undefined).where?.slice(0, 2).map((one) => one.operator)).toEqual([">", "<="]);
  expect(confidenceFilter({ low: 0, high: 0.1 }, undefined).where?.[0]?.operator).toBe(">=");
});
