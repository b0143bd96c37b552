import { ActionIcon, Skeleton, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowLeft, IconArrowRight, IconCheck, IconCopy, IconLayoutSidebarRightExpand, IconX } from "@tabler/icons-react";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { useScope } from "../../../state/hooks";
import { ErrorState } from "../../../ui/ErrorState";
import { formatCount } from "../../../ui/format";
import { useCopy } from "../../../ui/useCopy";
import type { SampleDetail } from "../../../api/types";
import { useSampleDetail } from "../api";
import type { OpenSample } from "../useExplorerState";
import classes from "./Detail.module.css";
import { Flags } from "./Flags";
import { MetadataList } from "./MetadataList";
import { MetricList } from "./MetricList";
import { Note } from "./Note";
import { OtherModels } from "./OtherModels";
import { Probabilities } from "./Probabilities";
import { SimilarStrip } from "./SimilarStrip";
import { Tags } from "./Tags";
import { useTopBarHeight } from "./useTopBarHeight";
import { Verdict } from "./Verdict";
import { ZoomImage } from "./ZoomImage";

interface DetailProps {
  open: OpenSample;
  total: number | null;
  /** Why the list says to annotate it. */
  reasons: readonly string[];
  onGo: (position: number) => void;
  onClose: () => void;
}

/** Everything about one sample, beside the grid; on a narrow window in place of it. */
export function Detail({ open, total, reasons, onGo, onClose }: DetailProps) {
  const { model, labels } = useScope();
  const answer = useSampleDetail(open.id, { model, labels });
  const [wide, setWide] = useState(false);
  const alone = useMediaQuery("(max-width: 899.98px)", false);
  const element = useRef<HTMLElement>(null);
  const top = useTopBarHeight();
  useEffect(() => {
    if (alone) element.current?.focus();
  }, [alone]);
  const detail = answer.data;
  const isCurrent = detail?.id === open.id;
  return (
    <section
      ref={element}
      className={classes.detail}
      style={{ "--top-bar": `${top}px` } as CSSProperties}
      role={alone ? "dialog" : "complementary"}
      aria-modal={alone || undefined}
      aria-label="Image"
      aria-busy={!isCurrent}
      tabIndex={-1}
      data-detail
      data-wide={wide || undefined}
    >
      <div className={classes.head}>
        <span className={classes.count} role="status">
          {open.position !== null && formatCount(open.position + 1)}
          {open.position !== null && total !== null && ` of ${formatCount(total)}`}
        </span>
        <Tooltip label="Previous (←)">
          <ActionIcon aria-label="Previous image" disabled={!open.position} onClick={() => onGo((open.position ?? 1) - 1)}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Next (→)">
          <ActionIcon aria-label="Next image" disabled={total !== null && (open.position ?? -1) >= total - 1} onClick={() => onGo((open.position ?? -1) + 1)}>
            <IconArrowRight size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={wide ? "Narrower" : "Wider"}>
          <ActionIcon className={classes.wider} aria-label="Wide panel" aria-pressed={wide} onClick={() => setWide(!wide)}>
            <IconLayoutSidebarRightExpand size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close the image" onClick={onClose}>
            <IconX size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      {answer.error && !isCurrent ? <ErrorState error={answer.error} onRetry={() => void answer.refetch()} /> : detail && isCurrent ? <Body key={detail.id} detail={detail} reasons={reasons} /> : <Waiting />}
    </section>
  );
}

function Body({ detail, reasons }: { detail: SampleDetail; reasons: readonly string[] }) {
  const { copied, copy } = useCopy();
  return (
    <div className={classes.body}>
      <ZoomImage sample={detail} problem={detail.image.available ? null : (detail.image.problem ?? "This sample has no image.")} />
      <div>
        <Verdict sample={detail} />
        <OtherModels detail={detail} />
        <div className={classes.key}>
          {detail.key}
          <ActionIcon size={20} ml={4} onClick={() => copy(detail.key)} aria-label="Copy the key">
            {copied ? <IconCheck size={12} /> : <IconCopy size={12} />}
          </ActionIcon>
        </div>
      </div>
      {reasons.length > 0 && (
        <section className={classes.part}>
          <h2>Why annotate it</h2>
          {reasons.map((reason) => (
            <div key={reason}>{reason}</div>
          ))}
        </section>
      )}
      <Flags detail={detail} />
      <Tags sample={detail} />
      <Note key={detail.note} sample={detail} />
      {detail.probabilities.length > 0 && <Probabilities detail={detail} />}
      <SimilarStrip detail={detail} />
      <MetricList detail={detail} />
      <MetadataList detail={detail} />
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.body} aria-hidden>
      <Skeleton style={{ height: "var(--image-height)" }} />
      <Skeleton height={24} width="60%" />
      <Skeleton height={180} />
      <Skeleton height={240} />
    </div>
  );
}
