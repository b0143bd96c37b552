import { expect, test } from "vitest";
import { parseRegion, regionFilter, rounded, writeRegion } from "./region";

test.each([
  ["[0.1,0.25)", { low: 0.1, high: 0.25, closed: false }],
  ["[-3,1e6]", { low: -3, high: 1e6, closed: true }],
])("the region %s is read and written as it was", (text, region) => {
  expect(parseRegion(text)).toEqual(region);
  expect(parseRegion(writeRegion(region))).toEqual(region);
});

test.each([null, "", "0.1,0.2", "[,1]", "[a,1]", "[2,1]", "[0,Infinity]"])("%s is no region", (text) => {
  expect(parseRegion(text)).toBeNull();
});

test("a brushed region is rounded to what the axis shows", () => {
  expect(rounded({ low: 0.123456, high: 0.98765 }, 1)).toEqual({ low: 0.123, high: 0.988 });
  expect(rounded({ low: 1234.5678, high: 4321.9 }, 5000)).toEqual({ low: 1235, high: 4322 });
});

test("a region excludes its high end where a bin does", () => {
  expect(regionFilter("area", { low: 1, high: 2, closed: false }).where?.map((one) => one.operator)).toEqual([">=", "<"]);
});
