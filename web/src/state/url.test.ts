import { expect, test } from "vitest";
import { changedQuery, pageHref, sharedQuery } from "./url";

test("a change of one parameter leaves the others", () => {
  expect(changedQuery("?model=linear&sort=-confidence", { sort: "key" })).toBe("model=linear&sort=key");
});

test("null takes a parameter away", () => {
  expect(changedQuery("model=linear&sort=key", { sort: null })).toBe("model=linear");
});

test("another page gets model, filter and labels, and none of this page's own parameters", () => {
  expect(sharedQuery("sort=key&model=linear&labels=corrected&filter=%7B%7D&sample=3")).toBe("model=linear&filter=%7B%7D&labels=corrected");
});

test("a page without parameters has no question mark", () => {
  expect(pageHref("/model/metrics", "")).toBe("/model/metrics");
  expect(pageHref("/model/metrics", "model=a+b")).toBe("/model/metrics?model=a+b");
});
