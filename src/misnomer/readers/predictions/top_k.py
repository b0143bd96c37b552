"""Several classes a row with their scores: the k best, or all classes in any order."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from misnomer.readers.columns import plain_name
from misnomer.readers.predictions.kind import SUM_TOLERANCE
from misnomer.readers.predictions.lists import list_cells, numbers_of

_CLASS_COLUMN = re.compile(r"(label|index|class|class_name|name|pred|prediction|category|class_id)_?(\d+)")
_SCORE_COLUMN = re.compile(r"(prob|probability|score|confidence|conf|p|logit)_?(\d+)")


@dataclass(frozen=True)
class NumberedColumns:
    """Columns such as ``label_0 index_0 prob_0 label_1 …``, each group in order of rank."""

    labels: tuple[str, ...]
    indices: tuple[str, ...]
    scores: tuple[str, ...]
    scores_are_logits: bool


@dataclass(frozen=True)
class RankedClasses:
    """The classes of each row with their scores, end to end.

    Attributes:
        offsets: (N + 1,) where the rows begin.
        names: (M,) strings, as the file writes them.
        scores: (M,) float64; None: best first, without scores.
    """

    offsets: np.ndarray
    names: pa.Array
    scores: np.ndarray | None

    def best(self) -> tuple[pa.Array, np.ndarray | None]:
        """The class with the highest score of each row (the first of equals), null for a row without classes."""
        first = self.offsets[:-1].copy()
        filled = np.diff(self.offsets) > 0
        if self.scores is not None and len(self.scores):
            rows = np.repeat(np.arange(len(first)), np.diff(self.offsets))
            order = np.lexsort((np.arange(len(rows)), -np.nan_to_num(self.scores, nan=-np.inf), rows))
            first[filled] = order[self.offsets[:-1][filled]]
        taken = pa.array(np.where(filled, first, 0), mask=~filled)
        names = self.names.take(taken)
        if self.scores is None:
            return names, None
        scores = np.full(len(first), np.nan)
        scores[filled] = self.scores[first[filled]]
        return names, scores

    def full(self, known: Collection[str], *, logits: bool) -> tuple[tuple[str, ...], np.ndarray] | None:
        """Class names in order of their first mention, and (N, K) float64, where every row has all classes once.

        All classes are the known ones, or those of the file where most rows' scores sum to 1.
        """
        encoded = self.names.dictionary_encode()
        count, rows = len(encoded.dictionary), len(self.offsets) - 1
        if self.scores is None or not rows or count < 2 or encoded.null_count:
            return None
        if (np.diff(self.offsets) != count).any():
            return None
        codes = encoded.indices.to_numpy(zero_copy_only=False).reshape(rows, count)
        if (np.sort(codes, axis=1) != np.arange(count)).any():
            return None
        matrix = np.empty((rows, count))
        np.put_along_axis(matrix, codes, self.scores.reshape(rows, count), axis=1)
        names = tuple(encoded.dictionary.to_pylist())
        sums_to_one = not logits and (np.abs(matrix.sum(axis=1) - 1) <= SUM_TOLERANCE).mean() > 0.5
        return (names, matrix) if sums_to_one or (known and set(known) <= set(names)) else None


def find_numbered_columns(columns: Sequence[str]) -> NumberedColumns | None:
    """Classes and scores by rank in columns of their own, as timm's ``--results-separate-col`` writes them."""
    by_word: dict[str, dict[int, str]] = {}
    for pattern in (_CLASS_COLUMN, _SCORE_COLUMN):
        for column in columns:
            if match := pattern.fullmatch(plain_name(column)):
                by_word.setdefault(match[1], {})[int(match[2])] = column
    groups = {word: tuple(group[rank] for rank in sorted(group)) for word, group in by_word.items()}
    scores = next((word for word in groups if _SCORE_COLUMN.fullmatch(f"{word}_0")), None)
    named = [word for word in groups if word != scores and len(groups[word]) > 1]
    indices = next((groups[word] for word in named if word in ("index", "class_id")), ())
    labels = next((groups[word] for word in named if word not in ("index", "class_id")), ())
    if not (labels or indices) or (scores is None and not indices):
        return None
    return NumberedColumns(labels, indices, groups.get(scores or "", ()), scores_are_logits=scores == "logit")


def ranked_from_lists(names: pa.ChunkedArray, scores: pa.ChunkedArray | None) -> tuple[RankedClasses, np.ndarray]:
    """From a column of lists of classes and one of lists of scores.

    Returns:
        The classes; and the rows whose two lists differ in length, which have none.
    """
    name_cells = list_cells(names.combine_chunks())
    texts = name_cells.values.cast(pa.string())
    if scores is None:
        return RankedClasses(name_cells.offsets, texts, None), np.empty(0, np.int64)
    score_cells = list_cells(scores.combine_chunks())
    numbers = numbers_of(score_cells.values).astype(np.float64)
    uneven = name_cells.lengths != score_cells.lengths
    if not uneven.any():
        return RankedClasses(name_cells.offsets, texts, numbers), np.empty(0, np.int64)
    keep_names, keep_scores = (np.repeat(~uneven, cells.lengths) for cells in (name_cells, score_cells))
    offsets = np.append(0, np.cumsum(np.where(uneven, 0, name_cells.lengths)))
    return RankedClasses(offsets, texts.filter(pa.array(keep_names)), numbers[keep_scores]), np.flatnonzero(uneven)


def ranked_from_columns(names: pa.Table, scores: pa.Table | None) -> RankedClasses:
    """From a column of each rank; a rank without class is left out."""
    columns = [column.combine_chunks() for column in names.columns]
    filled = np.stack([column.is_valid().to_numpy(zero_copy_only=False) for column in columns], axis=1)
    row_major = np.arange(filled.size).reshape(filled.shape[::-1]).T[filled]
    texts = pa.concat_arrays(columns).take(pa.array(row_major))
    offsets = np.append(0, np.cumsum(filled.sum(axis=1)))
    if scores is None:
        return RankedClasses(offsets, texts, None)
    numbers = np.stack([column.to_numpy() for column in scores.columns], axis=1).astype(np.float64)
    return RankedClasses(offsets, texts, numbers[filled])
