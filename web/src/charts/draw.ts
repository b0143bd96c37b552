/** Vega, loaded when the first chart is drawn. Expressions are interpreted, so the page needs no `unsafe-eval`. */

import type { View } from "vega";
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import type { Datum, Spec } from "./spec";

export interface Drawing {
  view: View;
  end: () => void;
}

const CANVAS_MARKS = 3000;

/** Draw a specification into an element. */
export async function draw(element: HTMLElement, spec: Spec, marks: number): Promise<Drawing> {
  const result = await embed(element, spec as Parameters<typeof embed>[1], {
    mode: "vega-lite",
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    renderer: marks > CANVAS_MARKS ? "canvas" : "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  return { view: result.view, end: result.finalize };
}

/** The row behind a mark that was clicked, or null beside all marks. */
export function datumOf(item: unknown): Datum | null {
  const datum = (item as { datum?: unknown } | null | undefined)?.datum;
  return typeof datum === "object" && datum !== null ? (datum as Datum) : null;
}
