import { describe, expect, it } from "vitest";
import { ApiError } from "../../api/client";
import { type Entry, delayMs, mayRetry, readEntries, requestOf, withUndo } from "./outbox";

const kept: Entry = { action: "keep", sampleId: 3, label: null };
const corrected: Entry = { action: "correct", sampleId: 4, label: "dog" };

describe("outbox", () => {
  it("says a decision and an undo to the server", () => {
    expect(requestOf(kept)).toEqual({ method: "POST", path: "decisions", body: { sample_id: 3, action: "keep" } });
    expect(requestOf(corrected).body).toEqual({ sample_id: 4, action: "correct", label: "dog" });
    expect(requestOf({ action: "undo", sampleId: null, label: null })).toEqual({ method: "DELETE", path: "decisions/last" });
  });
  it("takes an unsent decision back without asking the server", () => {
    expect(withUndo([kept, corrected], 1)).toEqual([kept]);
  });
  it("asks the server to take back what is sent or on its way", () => {
    expect(withUndo([], 0)).toEqual([{ action: "undo", sampleId: null, label: null }]);
    expect(withUndo([kept], 1).map((entry) => entry.action)).toEqual(["keep", "undo"]);
    expect(withUndo(withUndo([kept], 1), 1).map((entry) => entry.action)).toEqual(["keep", "undo", "undo"]);
  });
  it("tries again when the server is away and not when it refuses", () => {
    expect([0, 401, 500, 503].map((status) => mayRetry(new ApiError(status, "", "", "")))).toEqual([true, true, true, true]);
    expect([403, 404, 422].map((status) => mayRetry(new ApiError(status, "", "", "")))).toEqual([false, false, false]);
  });
  it("waits longer after each failure, at most five seconds", () => {
    expect([1, 2, 3, 4, 5, 9].map(delayMs)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
  });
  it("reads what a reload left and nothing else", () => {
    expect(readEntries(JSON.stringify([kept, corrected, { action: "burn", sampleId: 1, label: null }, 7]))).toEqual([kept, corrected]);
    expect(readEntries("{")).toEqual([]);
    expect(readEntries(null)).toEqual([]);
  });
});
