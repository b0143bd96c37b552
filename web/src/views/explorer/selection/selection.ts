/** Which samples are selected: some, by id and key; or all of the present filter but some. */

import { type Filter, merged, writeFilter } from "../../../state/filter";

/** A filter of more letters is too much for an address. */
const LONGEST_ADDRESS = 6000;

export interface Chosen {
  id: number;
  key: string;
}

export interface Selection {
  /** All of the filter; `some` are then the ones left out. */
  all: boolean;
  some: ReadonlyMap<number, string>;
}

export const NOTHING: Selection = { all: false, some: new Map() };
export const EVERYTHING: Selection = { all: true, some: new Map() };

export function isSelected({ all, some }: Selection, id: number): boolean {
  return some.has(id) !== all;
}

export function countSelected({ all, some }: Selection, total: number): number {
  return all ? Math.max(0, total - some.size) : some.size;
}

/** With these samples selected, or not. */
export function withSelected(selection: Selection, samples: Iterable<Chosen>, selected: boolean): Selection {
  const some = new Map(selection.some);
  for (const { id, key } of samples) {
    if (selected !== selection.all) some.set(id, key);
    else some.delete(id);
  }
  return { all: selection.all, some };
}

export function toggled(selection: Selection, sample: Chosen): Selection {
  return withSelected(selection, [sample], !isSelected(selection, sample.id));
}

/** The selection as a filter, for the server: exactly these samples. */
export function selectedFilter({ all, some }: Selection, present: Filter): Filter {
  if (!all) return { keys: [...some.values()] };
  return merged(present, { where: [...some.values()].map((key) => ({ field: "key", operator: "!=", value: key })) });
}

/** Whether a filter can be a part of an address. */
export function fitsAddress(filter: Filter): boolean {
  return (writeFilter(filter) ?? "").length <= LONGEST_ADDRESS;
}
