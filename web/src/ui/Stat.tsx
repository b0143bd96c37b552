import { Skeleton, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Interval } from "../api/types";
import classes from "./Stat.module.css";

interface StatProps {
  title: ReactNode;
  value: string | null;
  /** The interval as text. */
  interval?: string;
  /** The same as a line on the scale 0 to 1: [low, high] around the rate. */
  line?: { rate: number; interval: Interval } | null;
  note?: ReactNode;
  /** Smaller, for lists of them. */
  small?: boolean;
}

/** A headline number with its interval as text and as a line; without a value, a skeleton of the same size. */
export function Stat({ title, value, interval, line, note, small = false }: StatProps) {
  return (
    <Stack gap={2} miw={0}>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      {value === null ? (
        <Skeleton height={small ? "1rem" : "2.5rem"} width="60%" my={4} />
      ) : (
        <Text className={small ? classes.small : classes.value}>{value}</Text>
      )}
      {line ? <IntervalLine {...line} /> : line === null && value === null && <div className={classes.line} aria-hidden />}
      {interval !== undefined && (
        <Text size="xs" c="dimmed">
          {interval || " "}
        </Text>
      )}
      {note && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Stack>
  );
}

/** A rate on the scale 0 to 1, its interval as a thicker line. Decoration of what stands there as text. */
export function IntervalLine({ rate, interval: [low, high] }: { rate: number; interval: Interval }) {
  return (
    <div className={classes.line} aria-hidden>
      <div className={classes.interval} style={{ left: `${low * 100}%`, width: `${Math.max(high - low, 0.004) * 100}%` }} />
      <div className={classes.rate} style={{ left: `${rate * 100}%` }} />
    </div>
  );
}
