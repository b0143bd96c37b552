import { ActionIcon } from "@mantine/core";
import { IconMaximize, IconPhotoOff, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { address } from "../../../api/client";
import type { Sample } from "../../../api/types";
import { thumbnailUrl } from "../../../ui/Thumbnail";
import { DETAIL_KEY } from "../useExplorerKeys";
import { FIT, type Zoom, panned, zoomed } from "./zoom";
import classes from "./ZoomImage.module.css";

const STEP = 1.5;

/** The image itself over its thumbnail; the wheel, two buttons, + − 0 and a double click zoom, a drag moves. */
export function ZoomImage({ sample, problem }: { sample: Pick<Sample, "id" | "key" | "version">; problem: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<Zoom>(FIT);
  const [failed, setFailed] = useState(false);
  const about = (factor: number, at?: { clientX: number; clientY: number }) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect) return;
    const point = at ? { x: at.clientX - rect.left, y: at.clientY - rect.top } : { x: rect.width / 2, y: rect.height / 2 };
    setZoom((before) => (factor === 0 ? FIT : zoomed(before, factor, point, rect)));
  };
  const turn = useRef(about);
  turn.current = about;
  useEffect(() => {
    const element = box.current;
    // Not React's onWheel: that one may not keep the page from scrolling.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      turn.current(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002)), event);
    };
    const key = (event: Event) => {
      const action: unknown = (event as CustomEvent).detail;
      if (action === "zoom in") turn.current(STEP);
      if (action === "zoom out") turn.current(1 / STEP);
      if (action === "zoom fit") turn.current(0);
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    window.addEventListener(DETAIL_KEY, key);
    return () => {
      element?.removeEventListener("wheel", wheel);
      window.removeEventListener(DETAIL_KEY, key);
    };
  }, []);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1 || !box.current) return;
    const rect = box.current.getBoundingClientRect();
    setZoom((before) => panned(before, { x: event.movementX, y: event.movementY }, rect));
  };
  const shown = problem === null && !failed;
  return (
    <div
      ref={box}
      className={classes.box}
      data-zoomed={zoom.scale > 1 || undefined}
      data-pixels={zoom.scale >= 4 || undefined}
      onPointerDown={(event) => event.target instanceof Element && !event.target.closest("button") && event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={(event) => about(zoom.scale > 1 ? 0 : 3, event)}
    >
      {shown ? (
        <>
          <div className={classes.layer} style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}>
            <img src={thumbnailUrl(sample, 160)} alt="" draggable={false} />
            <img src={address(`api/samples/${sample.id}/image`, { v: sample.version })} alt={sample.key} draggable={false} onError={() => setFailed(true)} />
          </div>
          <div className={classes.buttons}>
            <ActionIcon size={28} aria-label="Zoom in (+)" onClick={() => about(STEP)}>
              <IconZoomIn size={16} />
            </ActionIcon>
            <ActionIcon size={28} aria-label="Zoom out (−)" onClick={() => about(1 / STEP)} disabled={zoom.scale === 1}>
              <IconZoomOut size={16} />
            </ActionIcon>
            <ActionIcon size={28} aria-label="Fit (0)" onClick={() => about(0)} disabled={zoom.scale === 1}>
              <IconMaximize size={16} />
            </ActionIcon>
          </div>
        </>
      ) : (
        <div className={classes.problem} role="img" aria-label={`${sample.key} cannot be shown`}>
          <IconPhotoOff size={28} stroke={1.5} aria-hidden />
          {problem ?? "The image cannot be shown."}
        </div>
      )}
    </div>
  );
}
