import { type PointerEvent, useState } from "react";
import classes from "./Chart.module.css";
import type { Drawing } from "./draw";

export interface BrushedRange {
  low: number;
  high: number;
}

export interface Brush {
  range: BrushedRange | null;
  onBrush: (range: BrushedRange | null) => void;
}

interface ContinuousScale {
  (value: number): number;
  invert: (px: number) => number;
}

/** Lies over a chart's plot: dragging chooses a range of its horizontal axis; a click goes through to the marks. */
export function BrushLayer({ brush, drawing, width }: { brush: Brush; drawing: Drawing; width: number }) {
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const scale = drawing.view.scale("x") as ContinuousScale;
  const [originX, originY] = drawing.view.origin();
  const { left: paddingX, top: paddingY } = drawing.view.padding() as { left: number; top: number };
  const plotWidth = Math.max(0, Math.min(drawing.view.width(), width));
  const plotHeight = drawing.view.height();
  const start = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const from = within(event, plotWidth);
    const target = event.currentTarget;
    const move = (moved: globalThis.PointerEvent) => setDrag([from, within({ clientX: moved.clientX, currentTarget: target }, plotWidth)]);
    const end = (ended: globalThis.PointerEvent) => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      setDrag(null);
      const to = within({ clientX: ended.clientX, currentTarget: target }, plotWidth);
      if (Math.abs(to - from) < 4) return passThrough(target, ended);
      const [low, high] = [scale.invert(Math.min(from, to)), scale.invert(Math.max(from, to))];
      return brush.onBrush({ low, high });
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
  };
  const shown = drag ?? (brush.range ? [scale(brush.range.low), scale(brush.range.high)] : null);
  const from = shown ? clamp(Math.min(...shown), plotWidth) : 0;
  const to = shown ? clamp(Math.max(...shown), plotWidth) : 0;
  return (
    <div className={classes.brush} style={{ left: originX + paddingX, top: originY + paddingY, width: plotWidth, height: plotHeight }} onPointerDown={start} data-brush>
      {shown && <div className={classes.brushed} style={{ left: from, width: Math.max(to - from, 2) }} />}
    </div>
  );
}

function within(event: { clientX: number; currentTarget: Element }, width: number): number {
  return clamp(event.clientX - event.currentTarget.getBoundingClientRect().left, width);
}

function clamp(px: number, width: number): number {
  return Math.min(Math.max(px, 0), width);
}

/** Give a click to what lies under the layer. */
function passThrough(layer: HTMLElement, event: globalThis.PointerEvent): void {
  layer.style.pointerEvents = "none";
  const below = document.elementFromPoint(event.clientX, event.clientY);
  layer.style.pointerEvents = "";
  for (const type of ["mousemove", "click"]) below?.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX: event.clientX, clientY: event.clientY, view: window }));
}
