import { Box, Skeleton, Text, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useMemo } from "react";
import { useLocation } from "wouter";
import type { Parameters } from "../api/client";
import { useAsk } from "../api/queries";
import { ErrorState } from "../ui/ErrorState";
import { Loading } from "../ui/Loading";
import { type Brush, BrushLayer } from "./BrushLayer";
import classes from "./Chart.module.css";
import { MarkList } from "./MarkList";
import { type Datum, type Spec, describedRows, sentencesOf } from "./spec";
import { useDrawing } from "./useDrawing";

export interface ChartProps {
  /** Which chart of the server's `charts/`. */
  name: string;
  parameters: Parameters;
  /** Read aloud for the whole chart. */
  label: string;
  /** Height kept free until the chart is there, in px. */
  height: number;
  /** Where a mark leads: the address of exactly its samples, or null. */
  markHref?: (datum: Datum) => string | null;
  /** For marks that do something on the page itself. */
  onMark?: (datum: Datum) => void;
  /** Choosing a range of the horizontal axis by dragging. */
  brush?: Brush;
  /** Whether to show the sentences that come with the chart; by default yes. */
  sentences?: boolean;
  /** Lines kept free for them until the chart is there. */
  lines?: number;
  /** In place of the chart when it has nothing to draw. */
  empty?: ReactNode;
}

/** One chart: asks for its specification, draws it in the width there is, and leads from each mark to its samples. */
export function Chart({ name, parameters, label, height, markHref, onMark, brush, sentences = true, lines = 1, empty }: ChartProps) {
  const dark = useComputedColorScheme("light") === "dark";
  const answer = useAsk<Spec>(`charts/${name}`, { ...parameters, bare: true, dark });
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [, navigate] = useLocation();
  const spec = answer.data;
  const rows = useMemo(() => (spec ? describedRows(spec) : []), [spec]);
  const follow = (datum: Datum, event: MouseEvent) => {
    if (onMark) return onMark(datum);
    const href = markHref?.(datum);
    if (!href) return undefined;
    if (event.metaKey || event.ctrlKey) return void window.open(absolute(href), "_blank", "noopener");
    return navigate(href);
  };
  const leads = (datum: Datum) => Boolean(onMark) || Boolean(markHref?.(datum));
  const { canvas, drawing } = useDrawing(spec, width, rows.length, { follow, leads });
  if (answer.error && !spec) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (spec && empty && rows.length === 0) return <>{empty}</>;
  if (spec?.usermeta?.message) return <Text size="sm" c="dimmed">{spec.usermeta.message}</Text>;
  return (
    <Box ref={ref} className={classes.chart} data-waiting={answer.isPlaceholderData || undefined}>
      {sentences && lines > 0 && !spec && <Skeleton height={`${1.27 * lines}rem`} mb={4} />}
      {sentences && spec && sentencesOf(spec).map((sentence) => (
        <Text key={sentence} size="sm" c="dimmed" mb={4}>
          {sentence}
        </Text>
      ))}
      <figure className={classes.figure} style={{ minHeight: drawing ? undefined : height }} aria-label={label} data-drawn={drawing !== null || undefined}>
        {!drawing && <Loading className={classes.skeleton} height={height} />}
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={`${label}, drawing`}>
          <div ref={canvas} className={classes.canvas} />
          {brush && drawing && <BrushLayer brush={brush} drawing={drawing} width={width} />}
        </div>
      </figure>
      {rows.some(leads) && <MarkList rows={rows} label={label} markHref={markHref} onMark={onMark} />}
    </Box>
  );
}

function absolute(href: string): string {
  return new URL(href.replace(/^\//, ""), document.baseURI).href;
}
