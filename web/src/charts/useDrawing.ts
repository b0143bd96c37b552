import { useEffect, useRef, useState } from "react";
import type { Drawing } from "./draw";
import { type Datum, type Spec, fitsWidth, fitted } from "./spec";

interface Handlers {
  follow: (datum: Datum, event: MouseEvent) => void;
  leads: (datum: Datum) => boolean;
}

/** Draws a specification into `canvas`, anew when it changes, and follows the width. The old drawing stays until the new one is there. */
export function useDrawing(spec: Spec | undefined, width: number, marks: number, handlers: Handlers) {
  const canvas = useRef<HTMLDivElement>(null);
  const latest = useRef(handlers);
  latest.current = handlers;
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const measured = width > 0;
  const widthNow = useRef(width);
  widthNow.current = width;

  useEffect(() => {
    const element = canvas.current;
    if (!spec || !measured || !element) return undefined;
    let dropped = false;
    let drawn: Drawing | null = null;
    const holder = document.createElement("div");
    holder.style.cssText = "position:absolute;visibility:hidden;inset:0 0 auto";
    element.append(holder);
    void import("./draw").then(async ({ draw, datumOf }) => {
      if (dropped) return;
      drawn = await draw(holder, fitted(spec, widthNow.current), marks);
      if (dropped) return drawn.end();
      drawn.view.addEventListener("click", (event, item) => {
        const datum = datumOf(item);
        if (datum && !element.dataset["dragged"]) latest.current.follow(datum, event as unknown as MouseEvent);
      });
      drawn.view.addEventListener("mousemove", (_, item) => {
        const datum = datumOf(item);
        element.style.cursor = datum && latest.current.leads(datum) ? "pointer" : "";
      });
      holder.removeAttribute("style");
      element.replaceChildren(holder);
      setDrawing(drawn);
      return undefined;
    });
    return () => {
      dropped = true;
      if (drawn) setTimeout(drawn.end, 500);
      if (holder.style.visibility === "hidden") holder.remove();
    };
  }, [spec, measured, marks]);

  useEffect(() => {
    if (drawing && spec && width > 0 && fitsWidth(spec)) void drawing.view.width(Math.max(Math.floor(width), 120)).runAsync();
  }, [drawing, spec, width]);

  return { canvas, drawing };
}
