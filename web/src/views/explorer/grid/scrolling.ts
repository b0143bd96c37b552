/**
 * Scrolling through more than a browser can: elements end at some 17 (Firefox) to 33 (Chromium) million px, a million
 * cards need more. The element is then shorter than its content: a wheel's small steps move the content by as much, a
 * jump of the scroll bar moves it in proportion.
 */

import { clamp } from "./geometry";

export const MAX_HEIGHT = 8_000_000;

export interface ScrollSizes {
  contentHeight: number;
  viewHeight: number;
}

export interface ScrollPlace {
  /** Where the element is scrolled to. */
  element: number;
  /** Which part of the content is at the view's top. */
  content: number;
}

/** Height of the element that is scrolled. */
export function elementHeight({ contentHeight }: Pick<ScrollSizes, "contentHeight">): number {
  return Math.min(contentHeight, MAX_HEIGHT);
}

/** Where the element stands when the content is at this place, and the other way round. */
export function elementAt(content: number, sizes: ScrollSizes): number {
  return content * ratio(sizes);
}

export function contentAt(element: number, sizes: ScrollSizes): number {
  return element / ratio(sizes);
}

function ratio(sizes: ScrollSizes): number {
  const content = sizes.contentHeight - sizes.viewHeight;
  const element = elementHeight(sizes) - sizes.viewHeight;
  return content > 0 && element > 0 ? Math.min(1, element / content) : 1;
}

/** The place after the element was scrolled to `element`. */
export function scrolledTo(element: number, before: ScrollPlace, sizes: ScrollSizes): ScrollPlace {
  if (ratio(sizes) === 1) return { element, content: element };
  const step = element - before.element;
  if (Math.abs(step) > 2 * sizes.viewHeight) return { element, content: contentAt(element, sizes) };
  const last = sizes.contentHeight - sizes.viewHeight;
  return { element, content: element < 0 && before.content <= 0 ? element : clamp(before.content + step, 0, last) };
}

/** Where the element should be put for its scroll bar to tell the truth; the place itself where it does. */
export function settled(place: ScrollPlace, sizes: ScrollSizes): ScrollPlace {
  if (ratio(sizes) === 1 || place.content < 0) return place;
  return { element: Math.round(elementAt(place.content, sizes)), content: place.content };
}

/** Whether the element has come to an end before its content has. */
export function isStuck(place: ScrollPlace, sizes: ScrollSizes): boolean {
  const atStart = place.element <= 0 && place.content > 0;
  const atEnd = place.element >= elementHeight(sizes) - sizes.viewHeight && place.content < sizes.contentHeight - sizes.viewHeight;
  return ratio(sizes) < 1 && (atStart || atEnd);
}
