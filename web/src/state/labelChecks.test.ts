import { expect, test } from "vitest";
import type { Project } from "../api/types";
import { canCheckLabels } from "./labelChecks";

const project = (neighbors: number, probabilities: boolean) =>
  ({ computed: [{ step: "neighbors", done: neighbors, total: 9 }], models: [{ name: "net", probabilities }] }) as unknown as Project;

test("labels are checked by the model's probabilities or by similar images", () => {
  expect(canCheckLabels(project(0, true), "net")).toBe(true);
  expect(canCheckLabels(project(9, false), "net")).toBe(true);
  expect(canCheckLabels(project(9, false), null)).toBe(true);
});

test("without either there is nothing to ask", () => {
  expect(canCheckLabels(project(0, false), "net")).toBe(false);
  expect(canCheckLabels(project(0, true), "another")).toBe(false);
  expect(canCheckLabels(project(0, true), null)).toBe(false);
});
