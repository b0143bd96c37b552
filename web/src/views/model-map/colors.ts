/** Colour and meaning of every point; pure functions. */

import type { Condition } from "../../state/filter";
import { OUTCOME_TITLES, formatValue } from "../../ui/format";
import type { Codes, Points } from "./points";

/** By what the points are coloured: three of ours, else a field's name. */
export const OWN_COLORS = ["outcome", "label", "prediction"] as const;

export interface Entry {
  color: string;
  text: string;
  count: number;
  /** Exactly these points; none for what gathers several kinds. */
  condition?: Condition | { outcome: "tp" | "fp" | "fn" };
}

export interface Coloured {
  /** Red, green, blue, alpha of each point. */
  rgba: Uint8Array;
  legend: readonly Entry[];
  /** The ends of the scale, for numbers. */
  scale: { low: string; high: string; colors: readonly string[] } | null;
}

/** Those of the charts and two more: ten classes are what many data sets have. */
const SERIES = {
  light: ["#4f46e4", "#0d8576", "#b5307a", "#946800", "#0b7fc0", "#7a4f2a", "#8a3ffc", "#4d7a12", "#e0440e", "#1b1e25"],
  dark: ["#9d97fe", "#3cc9b4", "#f07fbb", "#dcae3c", "#5cc0f5", "#c9986b", "#c79bff", "#9ccf57", "#ff7a59", "#e9ebef"],
};
const SCALE = {
  light: ["#c9c6f7", "#9d97ff", "#7f78f2", "#4f46e5", "#342da6", "#1d1866"],
  dark: ["#34306e", "#4f46b5", "#655dec", "#8a83fb", "#b3aefb", "#e4e2fe"],
};
const RIGHT = { light: "#2464ae", dark: "#69a9ee" };
const WRONG = { light: "#bb5107", dark: "#f2994a" };
const NOISE = { light: "#8d94a1", dark: "#737b89" };
const OUTCOMES = ["tp", "fp", "fn"] as const;
const ALPHA = 200;
const DIMMED = 24;

export function coloured(points: Points, by: string, dark: boolean, inside: Uint8Array | null): Coloured {
  const scheme = dark ? "dark" : "light";
  const found =
    by === "outcome"
      ? ofOutcome(points.outcome, scheme)
      : by === "label" || by === "prediction"
        ? ofNames(points[by], by, scheme)
        : points.color === null
          ? ofNames({ codes: new Int32Array(points.count).fill(-1), names: [] }, by, scheme)
          : points.color instanceof Float32Array
            ? ofNumbers(points.color, scheme)
            : ofNames(points.color, by, scheme);
  if (inside) dim(found.rgba, inside, NOISE[scheme]);
  return found;
}

function ofOutcome({ codes, names }: Codes, scheme: "light" | "dark"): Coloured {
  const colors = names.map((name) => (name === "tp" ? RIGHT : WRONG)[scheme]);
  const counts = countOf(codes, names.length);
  const present = OUTCOMES.filter((outcome) => names.includes(outcome));
  const legend = present.map((outcome): Entry => {
    const code = names.indexOf(outcome);
    return { color: colors[code]!, text: OUTCOME_TITLES[outcome], count: counts[code]!, condition: { outcome } };
  });
  return { rgba: painted(codes, colors, NOISE[scheme]), legend: withMissing(legend, codes, "Without label or prediction", scheme), scale: null };
}

/** The most frequent names get a colour each, all others grey. */
function ofNames({ codes, names }: Codes, field: string, scheme: "light" | "dark"): Coloured {
  const counts = countOf(codes, names.length);
  const order = names.map((_, code) => code).sort((one, other) => counts[other]! - counts[one]! || one - other);
  const colors: string[] = Array.from({ length: names.length }, () => NOISE[scheme]);
  const shown = order.slice(0, SERIES[scheme].length);
  shown.forEach((code, place) => (colors[code] = SERIES[scheme][place]!));
  const legend = shown.map((code): Entry => ({ color: colors[code]!, text: names[code]!, count: counts[code]!, condition: { field, operator: "=", value: names[code]! } }));
  const rest = order.slice(shown.length);
  if (rest.length > 0) legend.push({ color: NOISE[scheme], text: rest.length === 1 ? "1 other" : `${rest.length} others`, count: rest.reduce((sum, code) => sum + counts[code]!, 0) });
  return { rgba: painted(codes, colors, NOISE[scheme]), legend: withMissing(legend, codes, `Without ${field}`, scheme, { field, operator: "is null" }), scale: null };
}

/** From the 2nd to the 98th percentile, so that a few extremes do not make all others equal. */
function ofNumbers(values: Float32Array, scheme: "light" | "dark"): Coloured {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  const at = (share: number) => known[Math.round(share * (known.length - 1))] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  const colors = SCALE[scheme];
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const share = high > low ? (value - low) / (high - low) : 0.5;
    codes[row] = Number.isFinite(value) ? Math.max(0, Math.min(colors.length - 1, Math.floor(share * colors.length))) : -1;
  }
  return {
    rgba: painted(codes, colors, NOISE[scheme]),
    legend: withMissing([], codes, "Without a value", scheme),
    scale: known.length === 0 ? null : { low: formatValue(low), high: formatValue(high), colors },
  };
}

/** Grey and faint outside of a region. */
function dim(rgba: Uint8Array, inside: Uint8Array, color: string): void {
  const grey = channels(color);
  for (let row = 0; row < inside.length; row++) if (!inside[row]) rgba.set([...grey, DIMMED], 4 * row);
}

function channels(color: string): number[] {
  return [1, 3, 5].map((place) => Number.parseInt(color.slice(place, place + 2), 16));
}

function countOf(codes: Int32Array, kinds: number): Int32Array {
  const counts = new Int32Array(kinds);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  return counts;
}

function withMissing(legend: Entry[], codes: Int32Array, text: string, scheme: "light" | "dark", condition?: Condition): Entry[] {
  const count = codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0);
  return count > 0 ? [...legend, { color: NOISE[scheme], text, count, ...(condition ? { condition } : {}) }] : legend;
}

function painted(codes: Int32Array, colors: readonly string[], missing: string): Uint8Array {
  const table = [...colors, missing].map(channels);
  const rgba = new Uint8Array(4 * codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const [red, green, blue] = table[code < 0 ? colors.length : code]!;
    rgba[4 * row] = red!;
    rgba[4 * row + 1] = green!;
    rgba[4 * row + 2] = blue!;
    rgba[4 * row + 3] = ALPHA;
  }
  return rgba;
}

export interface ClassPlace {
  name: string;
  x: number;
  y: number;
  count: number;
}

const CELLS = 16;

/** Where to write each class's name: in the cell of the map that holds most of its points; the largest classes first. */
export function classPlaces({ x, y, label }: Points, most: number): ClassPlace[] {
  const [left, low, width, height] = bounds(x, y);
  const kinds = label.names.length;
  const counts = new Int32Array(kinds * CELLS * CELLS);
  const sums = new Float64Array(2 * counts.length);
  for (let row = 0; row < x.length; row++) {
    const code = label.codes[row]!;
    if (code < 0) continue;
    const column = Math.min(CELLS - 1, Math.floor(((x[row]! - left) / width) * CELLS));
    const line = Math.min(CELLS - 1, Math.floor(((y[row]! - low) / height) * CELLS));
    const cell = (code * CELLS + line) * CELLS + column;
    counts[cell]!++;
    sums[2 * cell]! += x[row]!;
    sums[2 * cell + 1]! += y[row]!;
  }
  const totals = countOf(label.codes, kinds);
  return label.names
    .map((name, code) => {
      const first = code * CELLS * CELLS;
      let best = first;
      for (let cell = first; cell < first + CELLS * CELLS; cell++) if (counts[cell]! > counts[best]!) best = cell;
      return { name, x: sums[2 * best]! / counts[best]!, y: sums[2 * best + 1]! / counts[best]!, count: totals[code]! };
    })
    .filter((place) => place.count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, most);
}

function bounds(x: Float32Array, y: Float32Array): [left: number, low: number, width: number, height: number] {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let row = 0; row < x.length; row++) {
    left = Math.min(left, x[row]!);
    right = Math.max(right, x[row]!);
    low = Math.min(low, y[row]!);
    high = Math.max(high, y[row]!);
  }
  return [left, low, right - left || 1, high - low || 1];
}

export interface PlacedName {
  name: string;
  left: number;
  top: number;
}

const LETTER_PX = 7.2;
const LINE_PX = 18;
const LONGEST_PX = 200; // as the style sheet cuts them

/** Names that fit: of places within the plot, none over one that came before, and none cut off at a side. */
export function withoutOverlap(names: readonly PlacedName[], size: { width: number; height: number }): PlacedName[] {
  const kept: PlacedName[] = [];
  const half = ({ name }: PlacedName) => Math.min(name.length * LETTER_PX + 8, LONGEST_PX, size.width) / 2;
  for (const named of names) {
    if (named.left < 0 || named.top < 0 || named.left > size.width || named.top > size.height) continue;
    const one = { ...named, left: Math.max(half(named), Math.min(named.left, size.width - half(named))) };
    const clashes = kept.some((other) => Math.abs(other.left - one.left) < half(one) + half(other) && Math.abs(other.top - one.top) < LINE_PX);
    if (!clashes) kept.push(one);
  }
  return kept;
}
