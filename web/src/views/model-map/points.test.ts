import { expect, test } from "vitest";
import { inOrder, spreadOrder } from "./points";

test.each([0, 1, 2, 3, 10, 1000, 4181])("an order of %i rows has each of them once", (count) => {
  expect([...spreadOrder(count)].sort((one, other) => one - other)).toEqual(Array.from({ length: count }, (_, row) => row));
});

test("of the first of many rows every part and every period has its share", () => {
  const rows = [...spreadOrder(1_000_000).subarray(0, 100_000)];
  for (let part = 0; part < 10; part++) {
    expect(Math.abs(rows.filter((row) => Math.floor(row / 100_000) === part).length - 10_000)).toBeLessThan(10);
    expect(Math.abs(rows.filter((row) => row % 10 === part).length - 10_000)).toBeLessThan(200);
  }
});

test("values of several numbers are put in order by row", () => {
  const order = new Int32Array([2, 0, 1]);
  expect([...inOrder(new Float32Array([0, 1, 2, 3, 4, 5]), order, 2)]).toEqual([4, 5, 0, 1, 2, 3]);
  expect(inOrder(new Uint8Array([7, 8, 9]), order, 1)).toEqual(new Uint8Array([9, 7, 8]));
});
