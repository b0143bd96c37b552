import { type MouseEvent, useRef, useState } from "react";
import { useProject } from "../../api/queries";
import { isEmpty } from "../../state/filter";
import { useFilter, useModel } from "../../state/hooks";
import { ErrorState } from "../../ui/ErrorState";
import { Page } from "../../ui/Page";
import { Banner } from "./Banner";
import { CardSize, Controls } from "./Controls";
import { Detail } from "./detail/Detail";
import classes from "./Explorer.module.css";
import { FileDrop } from "./FileDrop";
import { reasonsOf } from "./rankedValue";
import { Grid, type GridHandle } from "./grid/Grid";
import { Histogram } from "./Histogram";
import { NothingShown } from "./NothingShown";
import { SelectionBar } from "./selection/SelectionBar";
import { countSelected, fitsAddress, selectedFilter } from "./selection/selection";
import { useSelecting } from "./selection/useSelecting";
import { useTagging } from "./selection/useTagging";
import { useArea, useCardSize, useOpenSample, useRanking } from "./useExplorerState";
import { useExplorerKeys } from "./useExplorerKeys";
import { useShown } from "./useShown";

/** The images of the filter, ranked; the same under Data, Label and Model Quality. */
export default function Explorer() {
  const project = useProject().data;
  const area = useArea();
  const [filter, setFilter] = useFilter();
  const [model] = useModel();
  const [ranking] = useRanking();
  const [cardSize, setCardSize] = useCardSize();
  const [open, setOpen] = useOpenSample();
  const { shown, list, listKey, see, setFile, setSimilar, setNext, close } = useShown(area, project !== undefined);
  const isRanked = shown.kind !== "filter";
  const selecting = useSelecting(list, listKey);
  const tagging = useTagging();
  const [tagOpened, setTagOpened] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const grid = useRef<GridHandle>(null);
  const position = open ? open.position : active;

  const openAt = (next: number) => {
    const sample = list.at(next);
    if (sample) setOpen({ id: sample.id, position: next });
    else void list.fetch({ start: next, end: next + 1 }).then(([found]) => found && setOpen({ id: found.id, position: next }));
  };
  const goTo = (next: number) => {
    setActive(next);
    grid.current?.show(next);
    if (open) openAt(next);
  };
  const press = (at: number, event: MouseEvent, onCheck: boolean) => {
    setActive(at);
    grid.current?.focus();
    if (event.shiftKey) selecting.extend(at);
    else if (onCheck || event.ctrlKey || event.metaKey) selecting.toggle(at);
    else {
      selecting.anchor(at);
      openAt(at);
    }
  };
  useExplorerKeys({ list, selecting, tagging, grid, position, isOpen: open !== null, cardSize, setCardSize, goTo, openAt, close: () => setOpen(null), tag: () => setTagOpened(true), similar: () => findSimilar() });

  const chosen = () => selectedFilter(selecting.selection, filter);
  const findSimilar = () => {
    if (position !== null && selected === 0) {
      const sample = list.at(position);
      if (sample) setSimilar({ keys: [sample.key] });
    } else if (fitsAddress(chosen())) setSimilar(chosen());
    selecting.clear();
  };
  const selected = countSelected(selecting.selection, list.total ?? 0);
  const hasPool = area !== "data" && project !== undefined && (project.labelled_count < project.sample_count || !isEmpty(filter));
  const field = project?.fields.find((one) => one.name === ranking.field);
  return (
    <div className={classes.explorer}>
      <FileDrop className={classes.list} onFile={setFile}>
        <Page title="Explorer" actions={<CardSize />}>
          <div>
            <Controls total={list.total} selected={selected} isRanked={isRanked} onSelectAll={selecting.all} onFile={setFile} onNext={hasPool && !isRanked ? () => setNext(true) : null} />
            {isRanked && <Banner shown={shown} onClose={close} />}
            {!isRanked && field?.type === "number" && <Histogram field={field.name} />}
            {list.error ? (
              <ErrorState error={list.error} onRetry={list.retry} />
            ) : list.total === 0 ? (
              <NothingShown project={project} isFiltered={!isEmpty(filter)} onClear={() => setFilter({})} />
            ) : (
              <Grid
                list={list}
                see={see}
                listKey={listKey}
                cardSize={cardSize}
                rankedBy={isRanked ? shown.rankedBy : ranking.field}
                fields={project?.fields ?? []}
                withPrediction={model !== null && area !== "data"}
                selection={selecting.selection}
                active={position}
                open={open?.id ?? null}
                handle={grid}
                onPress={press}
              />
            )}
          </div>
        </Page>
        <SelectionBar
          count={selected}
          filter={chosen}
          tagging={tagging}
          tagOpened={tagOpened}
          onTagOpened={setTagOpened}
          onSimilar={findSimilar}
          onShowOnly={(only) => {
            selecting.clear();
            setFilter(only);
          }}
          onClear={selecting.clear}
        />
      </FileDrop>
      {open && <Detail open={open} total={list.total} reasons={position === null ? [] : reasonsOf(list.at(position))} onGo={goTo} onClose={() => setOpen(null)} />}
    </div>
  );
}
