import { Skeleton, UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useAskEach } from "../../api/queries";
import type { FieldHistogram, Project } from "../../api/types";
import type { Scope } from "../../state/hooks";
import { formatValue } from "../../ui/format";
import classes from "./MetricPicker.module.css";

interface MetricPickerProps {
  metrics: Project["metrics"];
  chosen: string;
  scope: Scope;
  onChoose: (metric: string) => void;
}

const BINS = 24;

/** Every metric with a small histogram of it under the present filter. */
export function MetricPicker({ metrics, chosen, scope, onChoose }: MetricPickerProps) {
  const strip = useRef<HTMLDivElement>(null);
  const histograms = useAskEach<FieldHistogram>("histogram", metrics.map((one) => ({ field: one.metric, ...scope, bins: BINS })));
  const tiles = tellingFirst(metrics.map((one, place) => ({ ...one, histogram: histograms[place] })));
  const order = tiles.map((one) => one.metric).join();
  useEffect(() => {
    const pressed = strip.current?.querySelector('[aria-pressed="true"]');
    if (strip.current && pressed) showIn(strip.current, pressed);
  }, [chosen, order]);
  return (
    <div ref={strip} className={classes.strip} role="group" aria-label="Metric" tabIndex={-1}>
      {tiles.map((one) => (
        <UnstyledButton key={one.metric} className={classes.metric} aria-pressed={one.metric === chosen} onClick={() => onChoose(one.metric)} title={one.description}>
          <span className={classes.title}>{one.title}</span>{" "}
          <Preview histogram={one.histogram} />
        </UnstyledButton>
      ))}
    </div>
  );
}

/** What varies in its order, then what is the same for all images, last what none has; as it was until all is known. */
export function tellingFirst<Tile extends { histogram: Pick<FieldHistogram, "counts"> | undefined }>(tiles: readonly Tile[]): readonly Tile[] {
  if (tiles.some((one) => one.histogram === undefined)) return tiles;
  const rank = ({ histogram }: Tile) => [2, 1][histogram!.counts.length] ?? 0;
  return tiles.toSorted((first, second) => rank(first) - rank(second));
}

/** Scroll sideways to an element. Not scrollIntoView: in Chromium, Tab then goes on from there, past all that comes before. */
function showIn(strip: Element, shown: Element) {
  const [outer, inner] = [strip.getBoundingClientRect(), shown.getBoundingClientRect()];
  strip.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right);
}

function Preview({ histogram: data }: { histogram: FieldHistogram | undefined }) {
  if (!data) return <Skeleton height={24} mt={2} />;
  if (data.low !== null && data.counts.length === 1) return <div className={classes.constant}>all {formatValue(data.low)}</div>;
  if (data.counts.length === 0) return <div className={classes.constant}>no values</div>;
  const most = Math.max(1, ...data.counts);
  const step = 100 / Math.max(data.counts.length, 1);
  return (
    <svg className={classes.preview} viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden>
      {data.counts.map((count, place) => (
        <rect key={place} x={place * step} width={step} y={24 - Math.sqrt(count / most) * 24} height={Math.sqrt(count / most) * 24} />
      ))}
    </svg>
  );
}
