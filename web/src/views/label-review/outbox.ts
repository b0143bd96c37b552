/** Decisions on their way to the server: one after the other, kept over a reload until each has been acknowledged. */

import { ApiError } from "../../api/client";

export type Action = "keep" | "correct" | "skip" | "undo";

/** A decision on a sample's label, or the taking back of the last one. */
export interface Entry {
  action: Action;
  sampleId: number | null;
  label: string | null;
}

export interface Request {
  method: "POST" | "DELETE";
  path: string;
  body?: { sample_id: number; action: Action; label?: string };
}

/** How an entry is said to the server. */
export function requestOf({ action, sampleId, label }: Entry): Request {
  if (action === "undo" || sampleId === null) return { method: "DELETE", path: "decisions/last" };
  return { method: "POST", path: "decisions", body: { sample_id: sampleId, action, ...(label === null ? {} : { label }) } };
}

/** The outbox after an undo: an unsent decision is taken out, `sending` of the first are on their way already. */
export function withUndo(entries: readonly Entry[], sending: number): Entry[] {
  const last = entries.at(-1);
  if (last && last.action !== "undo" && entries.length > sending) return entries.slice(0, -1);
  return [...entries, { action: "undo", sampleId: null, label: null }];
}

/** Whether a failed entry may succeed later: the server is away, broken, locked, or was started anew with another token. */
export function mayRetry(problem: unknown): boolean {
  if (!(problem instanceof ApiError)) return false;
  return problem.status === 0 || problem.status >= 500 || problem.status === 401 || problem.status === 409 || problem.status === 423;
}

/** Wait before the next try: 0.5, 1, 2, 4 s, then every 5 s. */
export function delayMs(failures: number): number {
  return Math.min(5000, 500 * 2 ** (failures - 1));
}

/** What a reload left over; nothing where it cannot be read. */
export function readEntries(text: string | null): Entry[] {
  try {
    const entries: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { action, sampleId, label } = value as Record<string, unknown>;
  const known = action === "undo" ? sampleId === null : ["keep", "correct", "skip"].includes(String(action)) && Number.isInteger(sampleId);
  return known && (label === null || typeof label === "string");
}
