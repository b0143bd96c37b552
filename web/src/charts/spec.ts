/** Reading and fitting the Vega-Lite specifications that the server's `charts/` make. Pure functions. */

/** One row of a chart's data: what a mark stands for. */
export type Datum = Record<string, unknown>;

export interface Spec extends Record<string, unknown> {
  /** `message`: there is nothing to draw, and this says why. */
  usermeta?: { title?: string; sentences?: string[]; message?: string };
}

const AXIS_PX = 44; // beside the names of the rows, which are cut as the chart cuts them
const LONGEST_NAME_PX = 130;
const LETTER_PX = 7;
const EDGE_PX = 4;
const SMALLEST_STEP_PX = 22;
const NARROW_PX = 440;

/** Set the width of a chart that has one; make the steps of a matrix smaller where that is enough for it to fit. */
export function fitted(bare: Spec, widthPx: number): Spec {
  const spec: Spec = { background: "transparent", ...(widthPx < NARROW_PX ? withShortNames(bare, widthPx) : bare) }; // Vega-Lite's own background is white
  if (fitsWidth(spec)) return { ...spec, width: Math.max(Math.floor(widthPx), 120) };
  const step = (spec["width"] as { step?: number } | undefined)?.step;
  const names = columnNames(spec);
  if (!step || names.length === 0) return spec;
  const withinPx = widthPx - AXIS_PX - Math.max(...names.map(namePx));
  const isSlanted = rightPx(spec) > EDGE_PX;
  const first = Math.floor((withinPx - rightPx(spec)) / names.length);
  const fit = isSlanted ? Math.floor((withinPx - slantedPx(names, first)) / names.length) : first;
  if (fit >= step || fit < SMALLEST_STEP_PX) return spec;
  const padding = isSlanted ? { padding: { ...(spec["padding"] as object), right: slantedPx(names, fit) } } : {};
  return { ...spec, ...padding, width: { step: fit }, height: { step: fit } };
}

/** On a phone names are cut at the axis and in the legend, so that the marks keep the larger part of the width. */
function withShortNames(spec: Spec, widthPx: number): Spec {
  const config = (spec["config"] ?? {}) as { axis?: object; legend?: object };
  return {
    ...spec,
    config: { ...config, axis: { ...config.axis, labelLimit: Math.floor(widthPx * 0.3) }, legend: { ...config.legend, labelLimit: Math.floor(widthPx / 2 - 60) } },
  };
}

/** Room kept to the right of the plot, for names that stand aslant. */
function rightPx(spec: Spec): number {
  return (spec["padding"] as { right?: number } | undefined)?.right ?? 0;
}

function namePx(name: string): number {
  return Math.min(LONGEST_NAME_PX, LETTER_PX * name.length);
}

/** How far names that stand aslant over columns of this width reach beyond the last. */
function slantedPx(names: readonly string[], step: number): number {
  const beyond = names.toReversed().map((name, place) => namePx(name) * Math.SQRT1_2 - (place + 0.5) * step);
  return EDGE_PX + Math.max(0, Math.ceil(Math.max(...beyond)));
}

/** The names of a matrix's columns, which are those of its rows. */
function columnNames(spec: Spec): string[] {
  const [first] = (spec["layer"] as { encoding?: { x?: { scale?: { domain?: unknown[] } } } }[] | undefined) ?? [];
  return (first?.encoding?.x?.scale?.domain ?? []).map(String);
}

export function fitsWidth(spec: Spec): boolean {
  return spec["width"] === "container" || typeof spec["width"] === "number";
}

/** What the chart says under its heading. */
export function sentencesOf(spec: Spec): string[] {
  return spec.usermeta?.sentences ?? [];
}

/** The rows that say what they are (`about`), once each, wherever in the specification they stand. */
export function describedRows(spec: Spec): Datum[] {
  const rows = new Map<string, Datum>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === "object" && node !== null) {
      const { about } = node as Datum;
      if (typeof about === "string") rows.set(about, rows.get(about) ?? (node as Datum));
      else Object.values(node).forEach(visit);
    }
  };
  visit(spec);
  return [...rows.values()];
}

/** Roughly how many marks there are: thousands are drawn on a canvas, fewer as SVG, which can be read aloud. */
export function markCount(spec: Spec): number {
  return describedRows(spec).length;
}
