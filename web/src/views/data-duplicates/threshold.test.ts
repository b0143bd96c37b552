import { expect, test } from "vitest";
import { copiesAt } from "./threshold";

const COUNTS = [
  { threshold: 0.8, copy_count: 30 },
  { threshold: 0.81, copy_count: 20 },
  { threshold: 1, copy_count: 5 },
];

test("the count is that of the nearest step", () => {
  expect(copiesAt(COUNTS, 0.8100000001)).toBe(20);
  expect(copiesAt(COUNTS, 0.95)).toBe(5);
});

test("without counts there is none", () => {
  expect(copiesAt([], 0.9)).toBeNull();
});
