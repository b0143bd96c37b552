import { Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { LabelError, LabelErrors } from "../../api/types";
import { Loading } from "../../ui/Loading";
import { Thumbnail } from "../../ui/Thumbnail";
import { formatCount, formatInterval, formatPercent } from "../../ui/format";
import classes from "./LabelReview.module.css";

interface QueueProps {
  found: LabelErrors | null;
  queue: readonly LabelError[];
  current: LabelError | null;
  onPick: (sampleId: number) => void;
}

/** What comes next, the surest first, and how many of those decided were wrong. */
export function Queue({ found, queue, current, onPick }: QueueProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>("[aria-current]")?.closest("li");
    // Not scrollIntoView, which scrolls the page as well.
    if (list.current && shown) list.current.scrollTop = shown.offsetTop - list.current.offsetTop - 48;
  }, [current?.sample.id]);
  if (!found)
    return (
      <div className={classes.queue}>
        <Loading height={420} />
      </div>
    );
  return (
    <section className={classes.queue} aria-label="Queue">
      <div className={classes.expected}>
        <Text size="sm" fw={600}>
          {formatCount(found.total)} to review
        </Text>
        <Text size="xs" c="dimmed">
          {found.confirmed
            ? `of those decided, ${formatPercent(found.confirmed.value, 0)} were wrong (${formatInterval(found.confirmed, "percent")})`
            : "How many are wrong shows as you decide"}
        </Text>
      </div>
      <ul ref={list} className={classes.list}>
        {queue.map((error) => (
          <li key={error.sample.id}>
            <button type="button" className={classes.item} onClick={() => onPick(error.sample.id)} aria-current={error === current || undefined}>
              <Thumbnail sample={error.sample} size={40} />
              <span className={classes.pair}>
                <span>{error.sample.label}</span>
                <span>→ {error.suggested}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
