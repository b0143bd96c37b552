/** The points of the map, decoded from Arrow into typed arrays: a million of them never become objects. */

import { type Table, type Vector, tableFromIPC } from "apache-arrow";

/** Text of few values: an index into `names` for each point, −1 where it is missing. */
export interface Codes {
  codes: Int32Array;
  names: readonly string[];
}

export interface Points {
  count: number;
  ids: Int32Array;
  x: Float32Array;
  y: Float32Array;
  label: Codes;
  prediction: Codes;
  outcome: Codes;
  /** What colour was asked for: numbers (NaN where missing) or text. */
  color: Float32Array | Codes | null;
}

export function decodePoints(bytes: ArrayBuffer | Uint8Array): Points {
  const table = tableFromIPC(bytes);
  const color = table.getChild("color");
  return {
    count: table.numRows,
    ids: numbers(table, "sample_id") as Int32Array,
    x: numbers(table, "x") as Float32Array,
    y: numbers(table, "y") as Float32Array,
    label: codes(table.getChild("label")),
    prediction: codes(table.getChild("prediction")),
    outcome: codes(table.getChild("outcome")),
    color: color && (isText(color) ? codes(color) : measured(color)),
  };
}

function numbers(table: Table, name: string): ArrayLike<number> {
  return table.getChild(name)!.toArray() as ArrayLike<number>;
}

function isText(column: Vector): boolean {
  return column.data[0]?.dictionary !== undefined;
}

function measured(column: Vector): Float32Array {
  const values = Float32Array.from(column.toArray() as Float32Array);
  if (column.nullCount > 0) for (let row = 0; row < values.length; row++) if (!column.isValid(row)) values[row] = Number.NaN;
  return values;
}

function codes(column: Vector | null): Codes {
  const found = new Int32Array(column?.length ?? 0);
  const names = [...((column?.data[0]?.dictionary as Vector | undefined) ?? [])].map(String);
  let start = 0;
  for (const part of column?.data ?? []) {
    found.set(part.values as Int32Array, start);
    if (part.nullCount > 0) for (let row = 0; row < part.length; row++) if (!part.getValid(row)) found[start + row] = -1;
    start += part.length;
  }
  return { codes: found, names };
}

/** An order of rows of which any first ones are a fair sample: spread evenly, and without a period, which the order of the samples may have. */
export function spreadOrder(count: number): Int32Array {
  let step = Math.max(1, Math.round((count * (Math.sqrt(5) - 1)) / 2)); // the golden section
  while (commonDivisor(step, count) > 1) step++;
  const order = new Int32Array(count);
  for (let place = 1; place < count; place++) order[place] = (order[place - 1]! + step) % count;
  return order;
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}

/** The values in this order of rows, of which each has `size`. */
export function inOrder<Values extends Float32Array | Uint8Array>(values: Values, order: Int32Array, size: number): Values {
  const ordered = new (values.constructor as new (length: number) => Values)(values.length);
  for (let place = 0; place < order.length; place++) for (let part = 0; part < size; part++) ordered[place * size + part] = values[order[place]! * size + part]!;
  return ordered;
}
