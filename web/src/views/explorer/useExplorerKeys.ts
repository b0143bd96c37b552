/** The keyboard of the Explorer, wherever on the page the focus is. */

import { type RefObject, useEffect, useRef } from "react";
import type { GridHandle } from "./grid/Grid";
import { clamp } from "./grid/geometry";
import { moved } from "./grid/movement";
import { type KeyAction, keyAction, takesKeys } from "./keyboard";
import type { Selecting } from "./selection/useSelecting";
import type { Tagging } from "./selection/useTagging";
import { SIZES } from "./useExplorerState";
import type { SampleList } from "./useSampleList";

interface Keyed {
  list: SampleList;
  selecting: Selecting;
  tagging: Tagging;
  grid: RefObject<GridHandle | null>;
  /** The card that keys are about. */
  position: number | null;
  isOpen: boolean;
  cardSize: number;
  setCardSize: (size: number) => void;
  goTo: (position: number) => void;
  openAt: (position: number) => void;
  close: () => void;
  tag: () => void;
  similar: () => void;
}

/** Sent to the detail panel, which zooms and takes notes. */
export const DETAIL_KEY = "misnomer:detail-key";

/** A key that opened the panel and means something in it: for the part of it that takes it once it is there. */
let awaited: string | null = null;

/** Whether the panel was opened by this key; true once. */
export function takeAwaited(key: string): boolean {
  const isIt = awaited === key;
  if (isIt) awaited = null;
  return isIt;
}

export function useExplorerKeys(keyed: Keyed): void {
  const latest = useRef(keyed);
  latest.current = keyed;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || takesKeys(event.target, event.key)) return;
      const action = keyAction(event);
      if (action && act(action, latest.current)) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** Do it; false where there is nothing to do, so that the browser may. */
function act(action: KeyAction, keyed: Keyed): boolean {
  const { list, selecting, tagging, position } = keyed;
  const total = list.total ?? 0;
  switch (action.do) {
    case "move":
      return move(action, keyed, total);
    case "open":
      if (position === null || keyed.isOpen) return false;
      keyed.openAt(position);
      return true;
    case "close":
      if (keyed.isOpen) keyed.close();
      else selecting.clear();
      return true;
    case "select":
      if (position === null) return false;
      selecting.toggle(position);
      return true;
    case "select range":
      if (position === null) return false;
      selecting.extend(position);
      return true;
    case "select all":
      if (total === 0) return false;
      selecting.all();
      return true;
    case "tag":
      if (position !== null) selecting.ensure(position);
      setTimeout(keyed.tag);
      return true;
    case "similar":
      keyed.similar();
      return true;
    case "undo":
      tagging.last?.undo?.();
      return tagging.last?.undo != null;
    case "bigger":
    case "smaller":
      keyed.setCardSize(clamp(keyed.cardSize + (action.do === "bigger" ? 1 : -1) * 2 * SIZES.step, SIZES.least, SIZES.most));
      return true;
    default:
      if (keyed.isOpen) window.dispatchEvent(new CustomEvent(DETAIL_KEY, { detail: action.do }));
      else {
        if (action.do !== "note" || position === null) return false;
        awaited = action.do;
        keyed.openAt(position);
      }
      return true;
  }
}

function move({ step, extend }: Extract<KeyAction, { do: "move" }>, keyed: Keyed, total: number): boolean {
  const { grid, selecting, position } = keyed;
  if (!grid.current) return false;
  const next = moved(position, step, { columns: grid.current.layout.columns, total, pageRows: grid.current.pageRows });
  if (next === null) return false;
  if (extend) {
    if (position !== null) selecting.extend(position);
    selecting.extend(next);
  } else if (position !== next) selecting.anchor(next);
  grid.current.focus();
  keyed.goTo(next);
  return true;
}
