import { expect, test } from "vitest";
import { daysOf, isDated, withDays } from "./days";

test("both days belong to a range, with every hour of the last", () => {
  const filter = withDays({}, "taken_on", { from: "2024-02-01", to: "2024-02-28" });
  expect(filter.where).toEqual([
    { field: "taken_on", operator: ">=", value: "2024-02-01" },
    { field: "taken_on", operator: "<", value: "2024-02-29" },
  ]);
  expect("2024-02-28 23:59:59" < String(filter.where![1]!.value)).toBe(true);
});

test("days are read back as they were set, each alone as well", () => {
  for (const days of [{ from: "2023-12-31", to: "2024-01-01" }, { from: null, to: "2024-12-31" }, { from: "2024-03-01", to: null }, { from: null, to: null }])
    expect(daysOf(withDays({}, "day", days), "day")).toEqual(days);
});

test("a date begins with a day, whatever the hour", () => {
  expect(["2024-05-31", "2024-05-31 17:04", "2024-05-31T17:04:00Z"].every(isDated)).toBe(true);
  expect(["31.5.2024", "2024-05-310", "2024", ""].some(isDated)).toBe(false);
});
