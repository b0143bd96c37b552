/** The points, drawn by WebGL; views and picking are `geometry`'s, so that a frame is one draw call and nothing is read back. */

import type { Size, View } from "./geometry";

/**
 * Each point is one vertex: as instances of a square, a graphics card in software took 22 µs for each of a million.
 * Places are taken relative to the middle of the view before they are scaled, so that no digits are lost when zoomed in far.
 */
const VERTEX = `#version 300 es
in vec2 place;
in vec4 rgba;
uniform vec2 middle, scale;
uniform float sizePx;
out vec4 color;
void main() {
  gl_Position = vec4((place - middle) * scale, 0.0, 1.0);
  gl_PointSize = sizePx;
  color = rgba;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec4 color;
uniform float sizePx;
out vec4 drawn;
void main() {
  float inside = sizePx < 3.0 ? 1.0 : clamp(0.5 * sizePx * (1.0 - length(2.0 * gl_PointCoord - 1.0)) + 0.5, 0.0, 1.0);
  float alpha = color.a * inside;
  drawn = vec4(color.rgb * alpha, alpha);
}`;

/** Of more points than this, so many stand for all while the view changes: a graphics card in software draws them in time. */
const MOST_MOVING = 100_000;
const SETTLED_MS = 300;

/** What is drawn; any first points must be a fair sample of all (see `spreadOrder`). */
export interface Drawing {
  /** (2 × count) x and y of each point. */
  places: Float32Array;
  /** (4 × count) colours. */
  rgba: Uint8Array;
}

export class Plot {
  private readonly gl: WebGL2RenderingContext;
  private sent: Drawing | null = null;
  private view: View | null = null;
  private size: Size | null = null;
  private isHeld = false;
  private isMoving = false;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private program: WebGLProgram | null = null;
  private buffers: readonly WebGLBuffer[] = [];

  /**
   * @param onLost called when the browser drops what is drawn, onRestored when it has come back by itself.
   * @throws Error where the browser has no WebGL 2.
   */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly tell: { onLost: () => void; onRestored: () => void },
  ) {
    const gl = canvas.getContext("webgl2", { antialias: false, depth: false });
    if (!gl) throw new Error("it has no WebGL 2");
    this.gl = gl;
    canvas.addEventListener("webglcontextlost", this.onLost);
    canvas.addEventListener("webglcontextrestored", this.onRestored);
    this.prepare();
  }

  draw(drawing: Drawing, view: View, size: Size): void {
    const isOther = this.sent?.places !== drawing.places || this.sent.rgba !== drawing.rgba;
    if (isOther) this.send(drawing);
    this.isMoving = !isOther && view !== this.view && drawing.places.length > 2 * MOST_MOVING;
    this.view = view;
    this.size = size;
    this.show();
    this.settle();
  }

  /** While the map is held it may move again at any time. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    this.settle();
  }

  end(): void {
    clearTimeout(this.settling);
    cancelAnimationFrame(this.frame);
    this.canvas.removeEventListener("webglcontextlost", this.onLost);
    this.canvas.removeEventListener("webglcontextrestored", this.onRestored);
    this.release();
  }

  private readonly onLost = (event: Event): void => {
    event.preventDefault(); // so that it is restored
    this.tell.onLost();
  };

  private readonly onRestored = (): void => {
    this.prepare();
    if (this.sent) this.send(this.sent);
    this.show();
    this.tell.onRestored();
  };

  private prepare(): void {
    const { gl } = this;
    this.program = linked(gl);
    this.buffers = ["place", "rgba"].map((name) => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      const location = gl.getAttribLocation(this.program!, name);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, name === "place" ? 2 : 4, name === "place" ? gl.FLOAT : gl.UNSIGNED_BYTE, name === "rgba", 0, 0);
      return buffer;
    });
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  private send(drawing: Drawing): void {
    const { gl } = this;
    for (const [index, values] of [drawing.places, drawing.rgba].entries()) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[index]!);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    }
    this.sent = drawing;
  }

  /** All points again once the view has stayed for a while. */
  private settle(): void {
    clearTimeout(this.settling);
    if (this.isHeld || !this.isMoving) return;
    this.settling = setTimeout(() => {
      this.isMoving = false;
      this.show();
    }, SETTLED_MS);
  }

  private show(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const { canvas, gl, program, sent, size, view } = this;
    if (!sent || !size || !view || gl.isContextLost()) return;
    const density = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const count = sent.places.length / 2;
    const shown = this.isMoving ? MOST_MOVING : count;
    const scale = 2 ** view.zoom;
    gl.viewport(0, 0, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.useProgram(program);
    gl.uniform2f(gl.getUniformLocation(program!, "middle"), view.x, view.y);
    gl.uniform2f(gl.getUniformLocation(program!, "scale"), (2 * scale) / size.width, (2 * scale) / size.height);
    gl.uniform1f(gl.getUniformLocation(program!, "sizePx"), 2 * density * radiusPx(shown));
    gl.drawArrays(gl.POINTS, 0, shown);
  }

  private release(): void {
    for (const buffer of this.buffers) this.gl.deleteBuffer(buffer);
    this.gl.deleteProgram(this.program);
  }
}

function radiusPx(count: number): number {
  return count > 200_000 ? 1 : count > 20_000 ? 1.6 : count > 3_000 ? 2.4 : 4;
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(program) ?? "the shaders do not link");
  return program;
}

/** Whether two sizes are the same. */
export function sameSize(one: Size | null, other: Size): boolean {
  return one !== null && one.width === other.width && one.height === other.height;
}
