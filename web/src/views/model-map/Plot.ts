/** The points drawn by deck.gl; views and picking are `geometry`'s, so that a frame costs one draw call. */

import { Deck, OrthographicView } from "@deck.gl/core";
import { ScatterplotLayer } from "@deck.gl/layers";
import type { Size, View } from "./geometry";
import type { Points } from "./points";

export class Plot {
  private readonly deck: Deck<OrthographicView>;
  private data: ReturnType<typeof dataOf> | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    onError: (problem: Error) => void,
  ) {
    this.deck = new Deck({
      canvas,
      width: "100%",
      height: "100%",
      views: new OrthographicView({ flipY: false }),
      controller: false,
      layers: [],
      onError,
      onLoad: () => (this.canvas.tabIndex = -1),
    });
  }

  draw(points: Points, places: Float32Array, rgba: Uint8Array, view: View): void {
    if (this.data?.attributes.getPosition.value !== places || this.data.attributes.getFillColor.value !== rgba)
      this.data = dataOf(points.count, places, rgba); // another object would be sent to the graphics card again
    const data = this.data;
    this.canvas.tabIndex = -1; // deck.gl makes it 0, but the keys are the frame's
    const radius = points.count > 200_000 ? 1 : points.count > 20_000 ? 1.6 : points.count > 3_000 ? 2.4 : 4;
    this.deck.setProps({
      viewState: { target: [view.x, view.y, 0], zoom: view.zoom, minZoom: -20, maxZoom: 40 },
      layers: [
        new ScatterplotLayer({
          id: "points",
          data,
          radiusUnits: "pixels",
          getRadius: radius,
          stroked: false,
          antialiasing: points.count <= 200_000,
          pickable: false,
        }),
      ],
    });
  }

  end(): void {
    this.deck.finalize();
  }
}

function dataOf(length: number, places: Float32Array, rgba: Uint8Array) {
  return { length, attributes: { getPosition: { value: places, size: 2 }, getFillColor: { value: rgba, size: 4, normalized: true } } };
}

/** Whether two sizes are the same. */
export function sameSize(one: Size | null, other: Size): boolean {
  return one !== null && one.width === other.width && one.height === other.height;
}
