/** The classes that have a line of their own, as they stand in the URL: a JSON list, since a name may hold anything. Pure functions. */

export function parseNames(text: string | null): string[] {
  try {
    const names: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : [];
  } catch {
    return [];
  }
}

/** Null for none, which leaves the choice to the server. */
export function writeNames(names: readonly string[]): string | null {
  return names.length > 0 ? JSON.stringify(names) : null;
}
