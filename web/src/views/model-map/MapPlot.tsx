import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { plural } from "../../ui/format";
import { HoverTip } from "./HoverTip";
import classes from "./MapPlot.module.css";
import { Plot, sameSize } from "./Plot";
import { type Coloured, classPlaces, withoutOverlap } from "./colors";
import { type Corner, PointGrid, type Size, type View, asRegion, fitted, moved, seen, toMap, toScreen, zoomed } from "./geometry";
import { type Points, inOrder, spreadOrder } from "./points";

export type Mode = "move" | "lasso";

interface MapPlotProps {
  points: Points;
  colored: Coloured;
  mode: Mode;
  region: readonly Corner[] | null;
  onRegion: (region: readonly Corner[] | null) => void;
  onOpen: (sampleId: number) => void;
  onProblem: (problem: Error) => void;
}

/** How long the browser may take to bring back what it has dropped before it is drawn anew, and how often that is tried. */
const RESTORED_MS = 1000;
const MOST_ATTEMPTS = 3;

const NEAR_PX = 8;
const STEP_PX = 60;
const MOST_NAMES = 40;
const CLICK_PX = 4;

/** The map: drag or arrow keys move it, wheel or + and − zoom, 0 shows all; the lasso, or Enter for what is seen, makes a region. */
export function MapPlot({ points, colored, mode, region, onRegion, onOpen, onProblem }: MapPlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<Plot | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  const [chosenView, setView] = useState<View | null>(null);
  const [line, setLine] = useState<readonly Corner[] | null>(null);
  const [hovered, setHovered] = useState(-1);
  const pressed = useRef<{ at: Corner; view: View; far: boolean } | null>(null);
  const help = useId();
  const all = useMemo(() => size && fitted(points.x, points.y, size), [points, size]);
  const view = chosenView ?? all;
  const order = useMemo(() => spreadOrder(points.count), [points]);
  const places = useMemo(() => inOrder(interleaved(points), order, 2), [points, order]);
  const rgba = useMemo(() => inOrder(colored.rgba, order, 4), [colored, order]);
  const grid = useMemo(() => new PointGrid(points.x, points.y), [points]);
  const names = useMemo(() => classPlaces(points, MOST_NAMES), [points]);
  const [isLost, setLost] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const tellProblem = useRef(onProblem);
  tellProblem.current = onProblem;

  useEffect(() => {
    const element = frame.current!;
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      setSize((before) => (sameSize(before, next) ? before : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    try {
      plot.current = new Plot(canvas.current!, { onLost: () => setLost(true), onRestored: () => setLost(false) });
    } catch (problem) {
      tellProblem.current(problem as Error);
    }
    return () => {
      plot.current?.end();
      plot.current = null;
    };
  }, [attempt]);

  useEffect(() => {
    if (!isLost) return undefined;
    const waiting = setTimeout(() => {
      if (attempt === MOST_ATTEMPTS) return tellProblem.current(new Error("it dropped what was drawn again and again"));
      setLost(false);
      return setAttempt(attempt + 1);
    }, RESTORED_MS);
    return () => clearTimeout(waiting);
  }, [isLost, attempt]);

  useEffect(() => {
    if (view && size) plot.current?.draw({ places, rgba }, view, size);
  }, [places, rgba, view, size, attempt]);

  useEffect(() => {
    const element = frame.current!;
    const onWheel = (event: WheelEvent) => {
      if (!view || !size) return;
      event.preventDefault();
      setView(zoomed(view, -event.deltaY / 300, placeOf(event, element), size));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [view, size]);

  const release = () => {
    pressed.current = null;
    plot.current?.hold(false);
    setLine(null);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (!view || !size || event.button !== 0) return;
    const at = placeOf(event, event.currentTarget);
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { at, view, far: false };
    plot.current?.hold(true);
    setHovered(-1);
    if (mode === "lasso" || event.shiftKey) setLine([toMap(at, view, size)]);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!view || !size) return;
    const at = placeOf(event, event.currentTarget);
    const press = pressed.current;
    if (!press) return setHovered(grid.nearest(toMap(at, view, size), NEAR_PX / 2 ** view.zoom));
    press.far ||= Math.hypot(at[0] - press.at[0], at[1] - press.at[1]) > CLICK_PX;
    if (line) setLine([...line, toMap(at, view, size)]);
    else if (press.far) setView(moved(press.view, at[0] - press.at[0], at[1] - press.at[1]));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const press = pressed.current;
    release();
    if (!press || !view || !size) return;
    if (press.far) {
      if (line) onRegion(asRegion(line, view));
      return;
    }
    const row = grid.nearest(toMap(placeOf(event, event.currentTarget), view, size), NEAR_PX / 2 ** view.zoom);
    if (row >= 0) onOpen(points.ids[row]!);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!view || !size || event.ctrlKey || event.metaKey || event.altKey) return;
    const middle: Corner = [size.width / 2, size.height / 2];
    const keys: Record<string, () => void> = {
      ArrowLeft: () => setView(moved(view, STEP_PX, 0)),
      ArrowRight: () => setView(moved(view, -STEP_PX, 0)),
      ArrowUp: () => setView(moved(view, 0, STEP_PX)),
      ArrowDown: () => setView(moved(view, 0, -STEP_PX)),
      "+": () => setView(zoomed(view, 0.5, middle, size)),
      "=": () => setView(zoomed(view, 0.5, middle, size)),
      "-": () => setView(zoomed(view, -0.5, middle, size)),
      "0": () => setView(null),
      Enter: () => onRegion(asRegion(seen(view, size), view)),
      Escape: () => onRegion(null),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const placed = names.map(({ name, x, y }) => {
    const [left, top] = view && size ? toScreen([x, y], view, size) : [-1, -1];
    return { name, left, top };
  });
  const shownNames = size ? withoutOverlap(placed, size) : [];
  const outline = line ?? region;
  const path = view && size && outline ? outline.map((corner) => toScreen(corner, view, size).map((px) => px.toFixed(1)).join(",")).join(" ") : null;
  return (
    <div
      ref={frame}
      className={classes.plot}
      data-mode={mode}
      data-over={hovered >= 0 || undefined}
      role="application"
      tabIndex={0}
      aria-label={`Map of ${plural(points.count, "image")}`}
      aria-describedby={help}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={release}
      onPointerLeave={() => setHovered(-1)}
      onKeyDown={onKeyDown}
    >
      <canvas key={attempt} ref={canvas} className={classes.canvas} aria-hidden />
      <svg className={classes.over} aria-hidden>
        {path && <polygon points={path} fill="var(--accent)" fillOpacity={0.08} stroke="var(--accent)" strokeWidth={1.5} />}
      </svg>
      {shownNames.map(({ name, left, top }) => (
        <span key={name} className={classes.name} style={{ left, top }} aria-hidden>
          {name}
        </span>
      ))}
      {view && size && hovered >= 0 && hovered < points.count && <HoverTip sampleId={points.ids[hovered]!} at={toScreen([points.x[hovered]!, points.y[hovered]!], view, size)} size={size} />}
      {isLost && (
        <span className={classes.lost} role="status">
          The browser has dropped the drawing; it is drawn again.
        </span>
      )}
      <span id={help} hidden>
        Arrow keys move, plus and minus zoom, 0 shows all, Enter selects the images in view, Escape ends the selection.
      </span>
    </div>
  );
}

function placeOf(event: { clientX: number; clientY: number }, element: Element): [number, number] {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left - element.clientLeft, event.clientY - box.top - element.clientTop];
}

function interleaved({ x, y, count }: Points): Float32Array {
  const places = new Float32Array(2 * count);
  for (let row = 0; row < count; row++) {
    places[2 * row] = x[row]!;
    places[2 * row + 1] = y[row]!;
  }
  return places;
}
