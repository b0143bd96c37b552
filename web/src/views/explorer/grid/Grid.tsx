import { type MouseEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import type { Field } from "../../../api/types";
import { plural } from "../../../ui/format";
import { REASONS, isOnCard } from "../rankedValue";
import { type Selection, isSelected } from "../selection/selection";
import type { SampleList } from "../useSampleList";
import { Card, CardSkeleton, cardId } from "./Card";
import cardClasses from "./Card.module.css";
import { type GridLayout, type Span, gridLayout, positionsOf, topThatShows } from "./geometry";
import classes from "./Grid.module.css";
import { keepPosition } from "./keptPosition";
import { elementHeight } from "./scrolling";
import { useGridPlace } from "./useGridPlace";
import { useGridScroll } from "./useGridScroll";

const GAP = 12;

/** What the keyboard needs to know of the grid. */
export interface GridHandle {
  layout: GridLayout;
  pageRows: number;
  show: (position: number) => void;
  focus: () => void;
}

/** Lines of a card that say why to annotate it, as the style sheet cuts them. */
const REASON_LINES = 3;

interface GridProps {
  list: SampleList;
  see: (sight: Span) => void;
  /** Changes when the list is another one: it is then shown from its beginning. */
  listKey: string;
  cardSize: number;
  /** What the cards say beside label and prediction. */
  rankedBy: string | null;
  fields: readonly Field[];
  withPrediction: boolean;
  selection: Selection;
  active: number | null;
  open: number | null;
  handle: RefObject<GridHandle | null>;
  onPress: (position: number, event: MouseEvent, onCheck: boolean) => void;
}

/** The cards in sight, of any number of samples. */
export function Grid({ list, see, listKey, cardSize, rankedBy, fields, withPrediction, selection, active, open, handle, onPress }: GridProps) {
  const element = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(element, measured);
  const total = list.total ?? 0;
  const lines = isOnCard(rankedBy) ? 2 : rankedBy === REASONS ? 2 + REASON_LINES : 3;
  const layout = useMemo(
    () => gridLayout({ width: width || 1, card: Math.min(cardSize, width || cardSize), gap: GAP, textHeight: textHeight(lines) }, width ? total : 0),
    [width, cardSize, total, lines],
  );
  const scroll = useGridScroll(element, layout, (top) => keepPosition(Math.round(top / layout.rowHeight) * layout.columns));
  const sight = positionsOf(layout, scroll.rows, total);
  useEffect(() => {
    if (sight.end > sight.start) see(sight);
  }, [see, sight.start, sight.end]); // eslint-disable-line react-hooks/exhaustive-deps
  useGridPlace(listKey, layout, sight, active, scroll);
  handle.current = {
    layout,
    pageRows: Math.max(1, Math.floor(scroll.view().height / layout.rowHeight)),
    show: (position) => {
      const { top, height } = scroll.view();
      const wanted = topThatShows(layout, Math.floor(position / layout.columns), top, height);
      if (wanted !== top) scroll.scrollTo(wanted);
    },
    focus: () => element.current?.focus({ preventScroll: true }),
  };
  const place = (position: number) => ({
    left: (position % layout.columns) * (layout.cardWidth + GAP),
    top: Math.floor(position / layout.columns) * layout.rowHeight - scroll.offset,
    width: layout.cardWidth,
  });
  const positions = Array.from({ length: sight.end - sight.start }, (_, index) => sight.start + index);
  return (
    <div
      ref={ref}
      role="listbox"
      aria-multiselectable
      aria-label={plural(total, "image")}
      aria-busy={list.total === null}
      aria-activedescendant={active !== null && active >= sight.start && active < sight.end && list.at(active) ? cardId(active) : undefined}
      tabIndex={0}
      className={`${classes.grid} ${cardClasses.grid}`}
      style={{ height: elementHeight({ contentHeight: layout.height }) }}
      data-grid
      data-selecting={selection.all || selection.some.size > 0 || undefined}
    >
      {positions.map((position) => {
        const sample = list.at(position);
        if (!sample) return <CardSkeleton key={position} {...place(position)} />;
        return (
          <Card
            key={position}
            sample={sample}
            position={position}
            total={total}
            {...place(position)}
            withPrediction={withPrediction}
            rankedBy={rankedBy}
            fields={fields}
            selected={isSelected(selection, sample.id)}
            active={position === active}
            open={sample.id === open}
            onPress={onPress}
          />
        );
      })}
    </div>
  );
}

/** Height of a card's lines and the space above them, which grows with the browser's text size. */
function textHeight(lines: number): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Math.ceil(lines * rem) + 4;
}
