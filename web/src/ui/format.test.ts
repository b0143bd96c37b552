import { expect, test } from "vitest";
import { formatCount, formatInterval, formatPercent, formatRatio, formatSeconds, formatValue, plural } from "./format";

test("counts have thousands separators", () => expect(formatCount(1906381)).toBe("1,906,381"));

test("the page's accuracy of 0.78787… is 78.8%", () => expect(formatPercent(0.7878787)).toBe("78.8%"));

test("intervals are a range of two numbers, or nothing", () => {
  expect(formatInterval({ value: 0.788, interval: [0.7193, 0.8431] }, "percent")).toBe("71.9 – 84.3");
  expect(formatInterval({ value: 0.79, interval: [0.7312, 0.8549] })).toBe("0.73 – 0.85");
  expect(formatInterval({ value: 0.79 })).toBe("");
});

test.each([
  [0, "0"],
  [0.30517, "0.3052"],
  [48213, "48,213"],
  [48213.7, "48,214"],
  [-0.5, "−0.5"],
  [0.0000123, "1.23e−5"],
])("the value %d is shown as %s", (value, text) => expect(formatValue(value)).toBe(text));

test("one image, two images", () => {
  expect(plural(1, "image")).toBe("1 image");
  expect(plural(2000, "image")).toBe("2,000 images");
});

test("time left is rounded to what one needs to know", () => {
  expect(formatSeconds(0.2)).toBe("1 s");
  expect(formatSeconds(140)).toBe("2 min");
  expect(formatSeconds(7200)).toBe("2 h");
});

test("a ratio has two digits", () => {
  expect(formatRatio(1.27)).toBe("1.3");
  expect(formatRatio(96.56)).toBe("97");
  expect(formatRatio(1234.5)).toBe("1,235");
});
