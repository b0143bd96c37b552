/** Places on the map and on the screen; pure functions. */

export type Corner = readonly [number, number];

/** What is seen: the point of the map in the middle, and px per unit of the map as a power of two. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

const MARGIN = 0.92;

/** The view that shows everything. */
export function fitted(x: ArrayLike<number>, y: ArrayLike<number>, size: Size): View {
  const [left, right] = extent(x);
  const [low, high] = extent(y);
  const scale = Math.min(size.width / Math.max(right - left, 1e-6), size.height / Math.max(high - low, 1e-6)) * MARGIN;
  return { x: (left + right) / 2, y: (low + high) / 2, zoom: Math.log2(scale) };
}

function extent(values: ArrayLike<number>): [number, number] {
  if (values.length === 0) return [-1, 1];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    low = Math.min(low, values[row]!);
    high = Math.max(high, values[row]!);
  }
  return [low, high];
}

export function toScreen(place: Corner, view: View, size: Size): [number, number] {
  const scale = 2 ** view.zoom;
  return [size.width / 2 + (place[0] - view.x) * scale, size.height / 2 - (place[1] - view.y) * scale];
}

export function toMap(px: Corner, view: View, size: Size): [number, number] {
  const scale = 2 ** view.zoom;
  return [view.x + (px[0] - size.width / 2) / scale, view.y - (px[1] - size.height / 2) / scale];
}

/** The rectangle of the map that is seen, as a region. */
export function seen(view: View, size: Size): Corner[] {
  return ([[0, 0], [size.width, 0], [size.width, size.height], [0, size.height]] as const).map((corner) => toMap(corner, view, size));
}

/** Zoomed by a factor of two to the power of `by`, with the point under `px` staying where it is. */
export function zoomed(view: View, by: number, px: Corner, size: Size): View {
  const [x, y] = toMap(px, view, size);
  const zoom = view.zoom + by;
  const after = toMap(px, { ...view, zoom }, size);
  return { x: view.x + x - after[0], y: view.y + y - after[1], zoom };
}

export function moved(view: View, dx: number, dy: number): View {
  const scale = 2 ** view.zoom;
  return { ...view, x: view.x - dx / scale, y: view.y + dy / scale };
}

const MOST_CORNERS = 60;

/** A drawn line as a region of few corners with short numbers, so that the URL stays short; null if it encloses nothing. */
export function asRegion(line: readonly Corner[], view: View): Corner[] | null {
  const px = 1 / 2 ** view.zoom;
  let tolerance = px;
  let corners = simplified(line, tolerance);
  while (corners.length > MOST_CORNERS) corners = simplified(line, (tolerance *= 1.5));
  if (corners.length < 3 || Math.abs(area(corners)) < 16 * px * px) return null;
  const digits = Math.max(0, Math.ceil(-Math.log10(px)) + 1);
  return corners.map(([x, y]) => [Number(x.toFixed(digits)), Number(y.toFixed(digits))]);
}

function area(corners: readonly Corner[]): number {
  return corners.reduce((sum, [x, y], place) => {
    const [nextX, nextY] = corners[(place + 1) % corners.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** Ramer, Douglas and Peucker's line simplification. */
export function simplified(line: readonly Corner[], tolerance: number): Corner[] {
  if (line.length <= 2) return [...line];
  const kept = new Set([0, line.length - 1]);
  const open: [number, number][] = [[0, line.length - 1]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [first, last] = part;
    let farthest = -1;
    let distance = tolerance;
    for (let place = first + 1; place < last; place++) {
      const found = fromSegment(line[place]!, line[first]!, line[last]!);
      if (found > distance) [farthest, distance] = [place, found];
    }
    if (farthest > 0) {
      kept.add(farthest);
      open.push([first, farthest], [farthest, last]);
    }
  }
  return [...kept].sort((one, other) => one - other).map((place) => line[place]!);
}

function fromSegment([x, y]: Corner, [x1, y1]: Corner, [x2, y2]: Corner): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
}

/** Which points lie inside, by the even-odd rule, as the server answers it: 1 or 0 each. */
export function inside(x: ArrayLike<number>, y: ArrayLike<number>, region: readonly Corner[]): Uint8Array {
  const found = new Uint8Array(x.length);
  const [left, right] = extent(region.map((corner) => corner[0]));
  const [low, high] = extent(region.map((corner) => corner[1]));
  for (let row = 0; row < x.length; row++) {
    const [px, py] = [x[row]!, y[row]!];
    if (px < left || px > right || py < low || py > high) continue;
    let odd = 0;
    for (let place = 0; place < region.length; place++) {
      const [x1, y1] = region[place]!;
      const [x2, y2] = region[(place + 1) % region.length]!;
      if (py < y1 !== py < y2 && px < x1 + (py - y1) * ((x2 - x1) / (y2 - y1))) odd ^= 1;
    }
    found[row] = odd;
  }
  return found;
}

/** Rows by cells of a grid, to find the point under the pointer among a million. */
export class PointGrid {
  private readonly cells: Int32Array;
  private readonly starts: Int32Array;
  private readonly left: number;
  private readonly low: number;
  private readonly side: number;
  private readonly columns: number;
  private readonly lines: number;

  constructor(
    private readonly x: Float32Array,
    private readonly y: Float32Array,
  ) {
    const [left, right] = extent(x);
    const [low, high] = extent(y);
    this.left = left;
    this.low = low;
    this.side = Math.max(Math.sqrt((Math.max(right - left, 1e-6) * Math.max(high - low, 1e-6) * 4) / Math.max(x.length, 1)), (right - left) / 2048, (high - low) / 2048, 1e-9);
    this.columns = Math.floor((right - left) / this.side) + 1;
    this.lines = Math.floor((high - low) / this.side) + 1;
    this.starts = new Int32Array(this.columns * this.lines + 1);
    for (let row = 0; row < x.length; row++) this.starts[this.cellOf(x[row]!, y[row]!) + 1]!++;
    for (let cell = 0; cell < this.columns * this.lines; cell++) this.starts[cell + 1]! += this.starts[cell]!;
    const next = this.starts.slice();
    this.cells = new Int32Array(x.length);
    for (let row = 0; row < x.length; row++) this.cells[next[this.cellOf(x[row]!, y[row]!)]!++] = row;
  }

  private cellOf(x: number, y: number): number {
    return Math.floor((y - this.low) / this.side) * this.columns + Math.floor((x - this.left) / this.side);
  }

  /** The row nearest to a place within a distance, −1 if there is none. */
  nearest([x, y]: Corner, within: number): number {
    const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
    const firstLine = clamp(Math.floor((y - within - this.low) / this.side), this.lines - 1);
    const lastLine = clamp(Math.floor((y + within - this.low) / this.side), this.lines - 1);
    const firstColumn = clamp(Math.floor((x - within - this.left) / this.side), this.columns - 1);
    const lastColumn = clamp(Math.floor((x + within - this.left) / this.side), this.columns - 1);
    let [best, distance] = [-1, within * within];
    for (let line = firstLine; line <= lastLine; line++) {
      const end = this.starts[line * this.columns + lastColumn + 1]!;
      for (let place = this.starts[line * this.columns + firstColumn]!; place < end; place++) {
        const row = this.cells[place]!;
        const found = (this.x[row]! - x) ** 2 + (this.y[row]! - y) ** 2;
        if (found <= distance) [best, distance] = [row, found];
      }
    }
    return best;
  }
}
