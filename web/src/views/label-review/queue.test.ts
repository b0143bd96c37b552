import { describe, expect, it } from "vitest";
import type { LabelError } from "../../api/types";
import { NOTHING_REVIEWED, currentOf, decided, queueOf, refused, undone, wasTakenAway } from "./queue";

const error = (id: number) => ({ sample: { id } }) as LabelError;
const listed = [error(1), error(2), error(3)];
const ids = (errors: readonly LabelError[]) => errors.map((one) => one.sample.id);

describe("queue", () => {
  it("starts with the first", () => {
    expect(currentOf(queueOf(listed, NOTHING_REVIEWED), NOTHING_REVIEWED)).toBe(listed[0]);
    expect(currentOf([], NOTHING_REVIEWED)).toBeNull();
  });
  it("leaves out what has just been decided, though the server still lists it", () => {
    const after = decided(NOTHING_REVIEWED, listed, listed[0]!);
    expect(ids(queueOf(listed, after))).toEqual([2, 3]);
    expect(currentOf(queueOf(listed, after), after)).toBe(listed[1]);
  });
  it("goes on behind one that was picked from the list", () => {
    const after = decided({ ...NOTHING_REVIEWED, picked: 2 }, listed, listed[1]!);
    expect(currentOf(queueOf(listed, after), after)).toBe(listed[2]);
  });
  it("shows again what is taken back, though the server has not listed it again", () => {
    const after = undone(decided(NOTHING_REVIEWED, listed, listed[0]!));
    const queue = queueOf([error(2), error(3)], after);
    expect(ids(queue)).toEqual([1, 2, 3]);
    expect(currentOf(queue, after)).toBe(listed[0]);
    expect(ids(queueOf(listed, after))).toEqual([1, 2, 3]);
  });
  it("takes back one after the other", () => {
    let after = decided(NOTHING_REVIEWED, listed, listed[0]!);
    after = decided(after, queueOf(listed, after), listed[1]!);
    after = undone(undone(after));
    expect(currentOf(queueOf(listed, after), after)).toBe(listed[0]);
  });
  it("brings back what the server refused", () => {
    const after = refused(decided(NOTHING_REVIEWED, listed, listed[0]!), 1);
    expect(ids(queueOf(listed, after))).toEqual([1, 2, 3]);
  });
  it("keeps what another window has decided, until something is decided here", () => {
    const [first, , third] = listed;
    const rest = listed.slice(1);
    expect(wasTakenAway(first!, rest, NOTHING_REVIEWED)).toBe(true);
    expect(wasTakenAway(first!, listed, NOTHING_REVIEWED)).toBe(false);
    expect(wasTakenAway(first!, rest, decided(NOTHING_REVIEWED, rest, first!))).toBe(false);
    expect(wasTakenAway(first!, rest, { ...NOTHING_REVIEWED, picked: third!.sample.id })).toBe(false);
    expect(wasTakenAway(null, listed, NOTHING_REVIEWED)).toBe(false);
  });
});
