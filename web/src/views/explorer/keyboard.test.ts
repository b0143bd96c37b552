// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { keyAction, takesKeys } from "./keyboard";

const NONE = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe("a key", () => {
  it.each([
    ["ArrowRight", { do: "move", step: "right", extend: false }],
    ["End", { do: "move", step: "last", extend: false }],
    ["Enter", { do: "open" }],
    [" ", { do: "select" }],
    ["Escape", { do: "close" }],
    ["t", { do: "tag" }],
    ["x", null],
  ])("%s alone", (key, action) => expect(keyAction({ ...NONE, key })).toEqual(action));

  it("with Shift extends the selection", () => {
    expect(keyAction({ ...NONE, key: "ArrowDown", shiftKey: true })).toEqual({ do: "move", step: "down", extend: true });
    expect(keyAction({ ...NONE, key: " ", shiftKey: true })).toEqual({ do: "select range" });
  });

  it("with Ctrl or Cmd selects all and undoes, and leaves the rest to the browser", () => {
    expect(keyAction({ ...NONE, key: "a", ctrlKey: true })).toEqual({ do: "select all" });
    expect(keyAction({ ...NONE, key: "z", metaKey: true })).toEqual({ do: "undo" });
    expect(keyAction({ ...NONE, key: "c", ctrlKey: true })).toBeNull();
    expect(keyAction({ ...NONE, key: "+", ctrlKey: true })).toBeNull();
  });

  it("with Alt is the browser's", () => expect(keyAction({ ...NONE, key: "ArrowLeft", altKey: true })).toBeNull());
});

describe("what has the focus", () => {
  const make = (html: string): HTMLElement => {
    document.body.innerHTML = html;
    return document.querySelector<HTMLElement>("[data-here]")!;
  };

  it("keeps its keys where one types or slides", () => {
    expect(takesKeys(make("<input data-here>"), "t")).toBe(true);
    expect(takesKeys(make("<textarea data-here></textarea>"), "ArrowLeft")).toBe(true);
    expect(takesKeys(make("<div role='slider' data-here></div>"), "ArrowLeft")).toBe(true);
  });
  it("keeps Enter and Space of a button, not its arrows", () => {
    expect(takesKeys(make("<button data-here></button>"), "Enter")).toBe(true);
    expect(takesKeys(make("<button data-here></button>"), "ArrowLeft")).toBe(false);
  });
  it("keeps the arrows of a radio", () => {
    expect(takesKeys(make("<div role='radiogroup'><input type='radio' data-here></div>"), "ArrowLeft")).toBe(true);
  });
  it("leaves the grid's and the page's to the Explorer", () => {
    expect(takesKeys(make("<div role='listbox' data-grid data-here></div>"), "ArrowLeft")).toBe(false);
    expect(takesKeys(document.body, "ArrowLeft")).toBe(false);
  });
});
