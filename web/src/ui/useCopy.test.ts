// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { copyText } from "./useCopy";

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(document, "execCommand");
});

test("text goes to the clipboard", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  expect(await copyText("a b")).toBe(true);
  expect(writeText).toHaveBeenCalledWith("a b");
});

test("without a clipboard what is selected is copied, nothing is left, and the focus is where it was", async () => {
  vi.stubGlobal("navigator", {});
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  let selected = "";
  Object.assign(document, { execCommand: () => ((selected = (document.activeElement as HTMLTextAreaElement).value), true) });
  expect(await copyText("a b")).toBe(true);
  expect(selected).toBe("a b");
  expect(document.querySelector("textarea")).toBeNull();
  expect(document.activeElement).toBe(button);
});
