import { describe, expect, it } from "vitest";
import { EVERYTHING, NOTHING, countSelected, isSelected, selectedFilter, toggled, withSelected } from "./selection";

const A = { id: 1, key: "a.jpg" };
const B = { id: 2, key: "b's \"best\".jpg" };

describe("some samples", () => {
  const both = withSelected(NOTHING, [A, B], true);

  it("are those that were added", () => {
    expect([isSelected(both, 1), isSelected(both, 2), isSelected(both, 3)]).toEqual([true, true, false]);
    expect(countSelected(both, 100)).toBe(2);
  });
  it("lose one that is toggled", () => expect([...toggled(both, A).some.keys()]).toEqual([2]));
  it("are not counted twice", () => expect(countSelected(withSelected(both, [A], true), 100)).toBe(2));
  it("are a filter of their keys, whatever the filter is", () =>
    expect(selectedFilter(both, { outcome: "fp" })).toEqual({ keys: ["a.jpg", "b's \"best\".jpg"] }));
});

describe("all samples of the filter", () => {
  const allButB = toggled(EVERYTHING, B);

  it("are as many as there are, without those left out", () => {
    expect(countSelected(EVERYTHING, 1_000_000)).toBe(1_000_000);
    expect(countSelected(allButB, 1_000_000)).toBe(999_999);
    expect(isSelected(allButB, 1)).toBe(true);
    expect(isSelected(allButB, 2)).toBe(false);
  });
  it("are the filter itself", () => expect(selectedFilter(EVERYTHING, { outcome: "fp" })).toEqual({ outcome: "fp" }));
  it("exclude a key by a condition", () =>
    expect(selectedFilter(allButB, { outcome: "fp" })).toEqual({
      outcome: "fp",
      where: [{ field: "key", operator: "!=", value: B.key }],
    }));
  it("take one back", () => expect(toggled(allButB, B)).toEqual(EVERYTHING));
});
