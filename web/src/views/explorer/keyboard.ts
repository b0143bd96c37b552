/** Keys of the Explorer. */

import type { Step } from "./grid/movement";

export type KeyAction =
  | { do: "move"; step: Step; extend: boolean }
  | { do: "open" | "close" | "select" | "select range" | "select all" | "tag" | "note" | "similar" | "undo" | "bigger" | "smaller" | "zoom in" | "zoom out" | "zoom fit" };

export interface PressedKey {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const STEPS: Record<string, Step> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
  PageUp: "page up",
  PageDown: "page down",
};

const PLAIN: Record<string, Exclude<KeyAction, { do: "move" }>["do"]> = {
  Enter: "open",
  Escape: "close",
  " ": "select",
  t: "tag",
  n: "note",
  m: "similar",
  "[": "smaller",
  "]": "bigger",
  "+": "zoom in",
  "=": "zoom in",
  "-": "zoom out",
  "0": "zoom fit",
};

/** What a key does; null: nothing, it is the browser's. */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: PressedKey): KeyAction | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === "a" && !shiftKey) return { do: "select all" };
    if (key.toLowerCase() === "z" && !shiftKey) return { do: "undo" };
    return null;
  }
  const step = STEPS[key];
  if (step) return { do: "move", step, extend: shiftKey };
  if (key === " " && shiftKey) return { do: "select range" };
  const action = PLAIN[key];
  return action ? { do: action } : null;
}

/** Whether keys belong to what has the focus: a field that is typed into, a slider, a menu, something open above the page. */
export function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=slider], [role=menu], [role=dialog]:not([data-detail]), [role=listbox]:not([data-grid])"))
    return true;
  if (target.closest("[role=radiogroup]") && (key.startsWith("Arrow") || key === " ")) return true;
  return (key === "Enter" || key === " ") && target.closest("button, a, input, summary") !== null;
}
