import { IconPhotoOff } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { ApiError, address, fetchAnswer } from "../api/client";
import type { Sample } from "../api/types";
import classes from "./Thumbnail.module.css";

interface ThumbnailProps {
  sample: Pick<Sample, "id" | "key" | "version">;
  /** Its side in CSS px; the server has it in 128, 256 and 512 px. */
  size: number;
  /** Read aloud; empty where the text beside it says as much. */
  alt?: string;
}

const READABLE_PX = 90;

/** A small picture of a sample in a square of a fixed size; where there is none, why. */
export function Thumbnail({ sample, size, alt = "" }: ThumbnailProps) {
  const url = sample.version ? thumbnailUrl(sample, size) : null;
  return (
    <div className={classes.frame} style={{ width: size, height: size }}>
      {url ? <Picture key={url} url={url} alt={alt} small={size < READABLE_PX} /> : <Problem text="no image" small={size < READABLE_PX} />}
    </div>
  );
}

/** The address of a sample's thumbnail, sharp at this size in CSS px. */
export function thumbnailUrl(sample: Pick<Sample, "id" | "version">, size: number): string {
  const px = size * Math.min(window.devicePixelRatio || 1, 2);
  return address(`api/samples/${sample.id}/thumbnail`, { size: px <= 160 ? 128 : px <= 320 ? 256 : 512, v: sample.version });
}

function Picture({ url, alt, small }: { url: string; alt: string; small: boolean }) {
  const image = useRef<HTMLImageElement>(null);
  const [state, setState] = useState<"loading" | "loaded" | "failed">("loading");
  const reason = useReason(url, state === "failed");
  useEffect(() => {
    const shown = image.current;
    if (shown && !shown.hasAttribute("src")) shown.src = url; // strict mode runs effects twice
    return () => {
      if (shown && !shown.complete) shown.removeAttribute("src"); // out of sight before it came: the browser need not fetch it
    };
  }, [url]);
  if (state === "failed") return <Problem text={reason} small={small} />;
  return (
    <img
      ref={image}
      className={classes.image}
      src={url}
      alt={alt}
      decoding="async"
      draggable={false}
      data-loaded={state === "loaded" || undefined}
      onLoad={() => setState("loaded")}
      onError={() => setState("failed")}
    />
  );
}

/** A sign in place of the picture, and why where there is room for words. */
function Problem({ text, small }: { text: string; small: boolean }) {
  return (
    <div className={classes.problem} title={text} {...(small ? { role: "img", "aria-label": text } : {})}>
      <IconPhotoOff className={classes.sign} size={20} stroke={1.5} aria-hidden />
      {!small && <span>{text}</span>}
    </div>
  );
}

/** Why the server has no picture: an image element tells that it failed, not why. */
function useReason(url: string, failed: boolean): string {
  const [reason, setReason] = useState("cannot be shown");
  useEffect(() => {
    if (!failed) return undefined;
    const stop = new AbortController();
    fetchAnswer(url, { signal: stop.signal }).catch((problem: unknown) => {
      if (problem instanceof ApiError) setReason(problem.message);
    });
    return () => stop.abort();
  }, [url, failed]);
  return reason;
}
