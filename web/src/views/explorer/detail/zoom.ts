/** Zooming and moving an image within its box. Pure; in px of the box, whose top left corner is 0, 0. */

import { clamp } from "../grid/geometry";

export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export interface Box {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export const FIT: Zoom = { scale: 1, x: 0, y: 0 };
export const MOST = 32;

/** Larger or smaller by a factor, with a point staying where it is. */
export function zoomed(zoom: Zoom, factor: number, point: Point, box: Box): Zoom {
  const scale = clamp(zoom.scale * factor, 1, MOST);
  const by = scale / zoom.scale;
  return within({ scale, x: point.x - (point.x - zoom.x) * by, y: point.y - (point.y - zoom.y) * by }, box);
}

/** Moved, as far as the image still fills the box. */
export function panned(zoom: Zoom, by: Point, box: Box): Zoom {
  return within({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, box);
}

function within({ scale, x, y }: Zoom, box: Box): Zoom {
  return { scale, x: clamp(x, box.width * (1 - scale), 0), y: clamp(y, box.height * (1 - scale), 0) };
}
