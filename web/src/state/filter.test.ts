import { describe, expect, test } from "vitest";
import { type Filter, isEmpty, merged, parseFilter, rangeOf, withRange, withValues, withoutField, writeFilter } from "./filter";

const dark: Filter = { where: [{ field: "brightness", operator: "<", value: 0.3 }] };

describe("a filter in the URL", () => {
  test("is written as Python's Filter.to_dict and read back equal", () => {
    const filter: Filter = { classes: ["cat"], outcome: "fp", where: dark.where, tags: ["odd"] };
    const text = writeFilter(filter);
    expect(text).toBe('{"classes":["cat"],"outcome":"fp","where":[{"field":"brightness","operator":"<","value":0.3}],"tags":["odd"]}');
    expect(parseFilter(text)).toEqual(filter);
  });

  test("leaves out what is not set", () => {
    expect(writeFilter({})).toBeNull();
    expect(writeFilter({ where: [], tags: [], text: "" })).toBeNull();
    expect(isEmpty({ classes: undefined })).toBe(true);
  });

  test("keeps an empty choice of keys, which means no sample and not all", () => {
    expect(writeFilter({ keys: [] })).toBe('{"keys":[]}');
  });

  test("survives names with quotes, unicode and markup", () => {
    const filter: Filter = { classes: ['"cat"', "Katze ü 猫", "<script>alert(1)</script>"] };
    const query = new URLSearchParams({ filter: writeFilter(filter)! }).toString();
    expect(parseFilter(new URLSearchParams(query).get("filter"))).toEqual(filter);
  });

  test.each(["", "{", "null", "[1]", "3"])("that cannot be read (%s) is no filter", (text) => {
    expect(parseFilter(text)).toEqual({});
  });
});

describe("conditions", () => {
  test("a range of a bin excludes its high end unless it is the last", () => {
    expect(withRange({}, "brightness", { low: 0.1, high: 0.2, closed: false }).where).toEqual([
      { field: "brightness", operator: ">=", value: 0.1 },
      { field: "brightness", operator: "<", value: 0.2 },
    ]);
    expect(withRange({}, "brightness", { low: 0.1, high: 0.2, closed: true }).where?.[1]?.operator).toBe("<=");
  });

  test("a new range takes the place of the old one and of no other field's", () => {
    const both = withRange(withRange(dark, "sharpness", { low: 1, high: null, closed: true }), "brightness", { low: null, high: 0.5, closed: true });
    expect(both.where).toEqual([
      { field: "sharpness", operator: ">=", value: 1 },
      { field: "brightness", operator: "<=", value: 0.5 },
    ]);
  });

  test("a range is read back as it was set", () => {
    const range = { low: -0.5, high: 2, closed: false };
    expect(rangeOf(withRange({}, "x", range), "x")).toEqual(range);
  });

  test("text, missing values and other operators are no range", () => {
    expect(rangeOf({ where: [{ field: "x", operator: "is null" }] }, "x")).toBeNull();
    expect(rangeOf({ where: [{ field: "x", operator: "=", value: 1 }] }, "x")).toBeNull();
    expect(rangeOf({}, "x")).toBeNull();
  });

  test("several values become one condition, none takes it away", () => {
    expect(withValues({}, "style", ["a"]).where).toEqual([{ field: "style", operator: "=", value: "a" }]);
    expect(withValues({}, "style", ["a", "b"]).where).toEqual([{ field: "style", operator: "in", value: ["a", "b"] }]);
    expect(withValues({ where: [{ field: "style", operator: "=", value: "a" }] }, "style", [])).toEqual({});
  });

  test("taking a field away leaves the rest", () => {
    expect(withoutField({ ...dark, tags: ["odd"] }, "brightness")).toEqual({ tags: ["odd"] });
  });

  test("merging adds conditions once and lets the second's outcome win", () => {
    expect(merged({ ...dark, outcome: "tp", classes: ["cat"] }, { ...dark, outcome: "fp" })).toEqual({
      ...dark,
      outcome: "fp",
      classes: ["cat"],
    });
  });
});
