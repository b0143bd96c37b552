import { expect, test } from "vitest";
import type { ClassScores } from "../../api/types";
import { missed, sortedClasses } from "./classRows";

const row = (name: string, support: number, recall: number, priority: number): ClassScores => ({
  name, support, predicted: support, recall: { value: recall }, precision: { value: 0.5 }, f1: { value: 0.5 }, collection_priority: priority,
});
const rows = [row("mewtwo", 38, 36 / 38, 0.3), row("charmander", 53, 37 / 53, 3.8), row("pikachu", 32, 26 / 32, 1.6)];

test("missed is the support less the recalled", () => expect(rows.map(missed)).toEqual([2, 16, 6]));

test("classes are ranked by what more images would bring", () => {
  expect(sortedClasses(rows, "priority", true).map((one) => one.name)).toEqual(["charmander", "pikachu", "mewtwo"]);
});

test("equal values are in the order of names, whichever way it is sorted", () => {
  expect(sortedClasses(rows, "precision", true).map((one) => one.name)).toEqual(["charmander", "mewtwo", "pikachu"]);
  expect(sortedClasses(rows, "precision", false).map((one) => one.name)).toEqual(["charmander", "mewtwo", "pikachu"]);
});
