import { expect, test } from "vitest";
import { parseNames, writeNames } from "./lines";

test.each([[["cat"]], [["new\nline", 'quo"te', "a, b"]]])("%j are read as they were written", (names) => {
  expect(parseNames(writeNames(names))).toEqual(names);
});

test("no names are not in the URL", () => {
  expect(writeNames([])).toBeNull();
});

test.each([null, "", "cat", "{}", "[1]"])("%s is no list of names", (text) => {
  expect(parseNames(text)).toEqual([]);
});
