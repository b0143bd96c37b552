/** What the Explorer shows: the filter's samples, or a list that has an order of its own. */

import { useMemo, useState } from "react";
import type { AcquisitionPage, SimilarPage } from "../../api/types";
import { type Filter, parseFilter, writeFilter } from "../../state/filter";
import { useChangeQuery, useParam } from "../../state/hooks";
import { DISTANCE, REASONS } from "./rankedValue";
import { useListParameters } from "./useExplorerState";
import { useNextList } from "./useNextList";
import { type SampleList, useSampleList } from "./useSampleList";
import { useSimilarList, useSimilarToFile } from "./useSimilarList";

export type Shown =
  | { kind: "filter" }
  | { kind: "similar"; to: Filter | File; found: SimilarPage | undefined; rankedBy: typeof DISTANCE }
  | { kind: "next"; found: AcquisitionPage | undefined; rankedBy: typeof REASONS };

/** Show what is similar to samples by key, or to those of a filter; null: the filter's own samples again. */
export function useSimilarTo(): [Filter | null, (similar: Filter | null) => void] {
  const [text] = useParam("similar");
  const change = useChangeQuery();
  const similar = useMemo(() => (text === null ? null : parseFilter(text)), [text]);
  return [similar, (next) => change({ similar: next === null ? null : (writeFilter(next) ?? "{}"), next: null, sample: null, row: null })];
}

/** Show what to annotate next. */
export function useIsNext(): [boolean, (isNext: boolean) => void] {
  const [text] = useParam("next");
  const change = useChangeQuery();
  return [text !== null, (isNext) => change({ next: isNext ? "1" : null, similar: null, sample: null, row: null })];
}

interface ShownList {
  shown: Shown;
  list: SampleList;
  /** Changes with every other list. */
  listKey: string;
  /** Tell which positions are in sight. */
  see: (sight: { start: number; end: number }) => void;
  /** A file is no part of the address: a reload shows the filter's samples again. */
  setFile: (file: File | null) => void;
  setSimilar: (similar: Filter | null) => void;
  setNext: (isNext: boolean) => void;
  /** Back to the filter's own samples. */
  close: () => void;
}

export function useShown(area: string, isReady: boolean): ShownList {
  const parameters = useListParameters();
  const [file, setFile] = useState<File | null>(null);
  const [similar, setSimilar] = useSimilarTo();
  const [isNext, setNext] = useIsNext();
  const kind = file || similar ? "similar" : isNext ? "next" : "filter";
  const [filtered, see] = useSampleList(parameters, isReady && kind === "filter");
  const ofFile = useSimilarToFile(file);
  const ofSamples = useSimilarList(file ? null : similar);
  const ofNext = useNextList(kind === "next");
  const [nearest, found] = file ? ofFile : ofSamples;
  const shown: Shown =
    kind === "similar" ? { kind, to: file ?? similar!, found, rankedBy: DISTANCE } : kind === "next" ? { kind, found: ofNext[1], rankedBy: REASONS } : { kind };
  return {
    shown,
    list: kind === "similar" ? nearest : kind === "next" ? ofNext[0] : filtered,
    listKey: JSON.stringify([area, parameters, similar, isNext, file && [file.name, file.size, file.lastModified]]),
    see,
    setFile,
    setSimilar: (next) => {
      setFile(null);
      setSimilar(next);
    },
    setNext: (next) => {
      setFile(null);
      setNext(next);
    },
    close: () => (file ? setFile(null) : kind === "similar" ? setSimilar(null) : setNext(false)),
  };
}
