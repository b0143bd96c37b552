/** The list's position in the browser's history: Back and a reload return to it. */

interface Kept {
  position?: number;
}

export function keepPosition(position: number): void {
  if (position !== keptPosition()) history.replaceState({ ...(history.state as Kept | null), position }, "");
}

/** The first position that was in view when this entry of the history was left; 0 for a new one. */
export function keptPosition(): number {
  return (history.state as Kept | null)?.position ?? 0;
}
