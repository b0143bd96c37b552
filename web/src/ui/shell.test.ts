import { expect, test } from "vitest";
import { quoted } from "./shell";

test.each([
  ["/data/pets.misnomer", "/data/pets.misnomer"],
  ["/my data/pets", "'/my data/pets'"],
  ["/it's/$HOME", "'/it'\\''s/$HOME'"],
])("%s is written %s", (path, word) => {
  expect(quoted(path)).toBe(word);
});
