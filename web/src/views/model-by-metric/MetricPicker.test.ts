import { expect, test } from "vitest";
import { tellingFirst } from "./MetricPicker";

const tile = (name: string, bins: number | null) => ({ name, histogram: bins === null ? undefined : { counts: Array<number>(bins).fill(1) } });
const names = (tiles: readonly { name: string }[]) => tiles.map((one) => one.name);

test("what varies comes in its order, then what is the same for all images, last what none has", () => {
  const tiles = [tile("none", 0), tile("brightness", 24), tile("width", 1), tile("none either", 0), tile("contrast", 24)];
  expect(names(tellingFirst(tiles))).toEqual(["brightness", "contrast", "width", "none", "none either"]);
});

test("nothing moves until all is known", () => {
  expect(names(tellingFirst([tile("none", 0), tile("brightness", null)]))).toEqual(["none", "brightness"]);
});
