import { expect, test } from "vitest";
import { classesText } from "./ClassFilter";
import { matching } from "./ChoiceList";

test("names that begin with the text come before those that contain it", () => {
  const found = matching([{ value: "tomcat" }, { value: "Catfish" }, { value: "dog" }], "cat");
  expect(found.map((one) => one.value)).toEqual(["Catfish", "tomcat"]);
});

test("the class filter says two names and how many more", () => {
  expect(classesText(undefined)).toBe("all");
  expect(classesText(["cat"])).toBe("cat");
  expect(classesText(["cat", "dog", "emu", "fox"])).toBe("cat, dog +2");
});
