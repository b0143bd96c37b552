import { useEffect, useState } from "react";
import { useAsk } from "../../api/queries";
import type { Sample } from "../../api/types";
import { useScope } from "../../state/hooks";
import { Thumbnail } from "../../ui/Thumbnail";
import classes from "./MapPlot.module.css";
import type { Corner, Size } from "./geometry";

const DELAY_MS = 60;
const WIDTH_PX = 180;

/** The image under the pointer, once the pointer has come to rest. */
export function HoverTip({ sampleId, at: [left, top], size }: { sampleId: number; at: Corner; size: Size }) {
  const rested = useRested(sampleId);
  const { model, labels } = useScope();
  const sample = useAsk<Sample>(`samples/${rested ?? 0}`, { model, labels }, { enabled: rested !== null, keep: false }).data;
  if (!sample || rested !== sampleId) return null;
  const vertical = top > size.height / 2 ? { bottom: size.height - top + 12 } : { top: top + 12 };
  return (
    <div className={classes.tip} style={{ left: Math.min(Math.max(left - WIDTH_PX / 2, 4), Math.max(size.width - WIDTH_PX - 4, 4)), width: WIDTH_PX, ...vertical }}>
      <Thumbnail sample={sample} size={160} />
      <div>{sample.key}</div>
      <div>
        {sample.label ?? "no label"}
        {sample.prediction !== null && sample.prediction !== undefined && ` → ${sample.prediction}`}
      </div>
    </div>
  );
}

function useRested(sampleId: number): number | null {
  const [rested, setRested] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(sampleId), DELAY_MS);
    return () => clearTimeout(timer);
  }, [sampleId]);
  return rested;
}
