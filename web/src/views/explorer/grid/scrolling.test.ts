import { describe, expect, it } from "vitest";
import { MAX_HEIGHT, contentAt, elementAt, elementHeight, isStuck, scrolledTo, settled } from "./scrolling";

const SHORT = { contentHeight: 50_000, viewHeight: 900 };
const LONG = { contentHeight: 40_000_900, viewHeight: 900 };

describe("a list that a browser can scroll", () => {
  it("is scrolled as it is", () => {
    expect(elementHeight(SHORT)).toBe(50_000);
    expect(scrolledTo(1234, { element: 0, content: 0 }, SHORT)).toEqual({ element: 1234, content: 1234 });
    expect(isStuck({ element: 0, content: 0 }, SHORT)).toBe(false);
  });
});

describe("a list that is too long", () => {
  it("is as high as allowed", () => expect(elementHeight(LONG)).toBe(MAX_HEIGHT));

  it("moves with the wheel px by px", () => {
    const place = scrolledTo(5100, { element: 5000, content: 25_000 }, LONG);
    expect(place).toEqual({ element: 5100, content: 25_100 });
  });

  it("jumps in proportion with the scroll bar", () => {
    const half = (MAX_HEIGHT - 900) / 2;
    expect(scrolledTo(half, { element: 0, content: 0 }, LONG).content).toBeCloseTo(20_000_000, 3);
  });

  it("reaches its first and its last row", () => {
    expect(scrolledTo(0, { element: 500_000, content: 2_500_000 }, LONG).content).toBe(0);
    expect(scrolledTo(MAX_HEIGHT - 900, { element: 0, content: 0 }, LONG).content).toBeCloseTo(40_000_000, 3);
  });

  it("goes on where the element has ended but the content has not", () => {
    const place = scrolledTo(0, { element: 100, content: 3000 }, LONG);
    expect(place.content).toBe(2900);
    expect(isStuck(place, LONG)).toBe(true);
    const after = settled(place, LONG);
    expect(after.content).toBe(2900);
    expect(isStuck(after, LONG)).toBe(false);
  });

  it("never leaves the content", () => {
    expect(scrolledTo(100, { element: 300, content: 50 }, LONG).content).toBe(0);
  });

  it("has inverse maps", () => {
    for (const content of [0, 1, 12_345, 39_999_999]) expect(contentAt(elementAt(content, LONG), LONG)).toBeCloseTo(content, 2);
  });
});
