import { expect, test } from "vitest";
import { confusedWith } from "./confusedWith";

const matrix = { classes: ["cat", "dog", "emu", "fox"], counts: [[0, 0, 9], [0, 1, 2], [1, 0, 1], [2, 0, 4], [2, 3, 8]] };

test("a class comes with those it is confused with in either direction, most first", () => {
  expect(confusedWith(matrix, "cat", 5)).toEqual(["cat", "emu", "dog"]);
  expect(confusedWith(matrix, "cat", 1)).toEqual(["cat", "emu"]);
});

test("a class that is never confused, or unknown, stands alone", () => {
  expect(confusedWith({ classes: ["cat"], counts: [[0, 0, 3]] }, "cat", 5)).toEqual(["cat"]);
  expect(confusedWith(matrix, "gnu", 5)).toEqual(["gnu"]);
});
