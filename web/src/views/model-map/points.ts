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
