"""Confusion counts: how many samples bear which label and got which prediction. Counts of two partitions add up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from misnomer.errors import InputError, LengthMismatch

NO_PREDICTION = -1

# A table with at most this many cells is counted densely; beyond it, by sorting.
DENSE_CELLS = 1 << 24


@dataclass(frozen=True, eq=False)
class ConfusionCounts:
    """Samples by [label, prediction], as unique triples sorted by label, then prediction.

    A prediction of −1 is none: the sample counts in its label's support and in no class's predictions. Sparse, so
    that 20,000 classes need the memory of the cells that occur.

    Attributes:
        labels, predictions: (T,) int32 class indices; prediction −1: no prediction.
        counts: (T,) int64, all positive.
        class_count: K.
    """

    labels: np.ndarray
    predictions: np.ndarray
    counts: np.ndarray
    class_count: int

    @classmethod
    def from_arrays(cls, labels: np.ndarray, predictions: np.ndarray, class_count: int) -> "ConfusionCounts":
        """Count samples.

        Args:
            labels: (N,) whole numbers in [0, K); negative: unlabelled, not counted.
            predictions: (N,) whole numbers in [0, K); −1: no prediction, counted as wrong.
            class_count: K.

        Raises:
            LengthMismatch: the arrays differ in length.
            InputError: an index outside [−1, K).

        >>> counts = ConfusionCounts.from_arrays(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
        >>> counts.counts.tolist(), counts.true_positives.tolist()
        ([1, 1, 1], [1, 1])
        """
        if labels.shape != predictions.shape:
            raise LengthMismatch(
                f"{labels.size} labels but {predictions.size} predictions.",
                hint="Check that both come from the same samples.",
            )
        lowest_label = _check_indices("label", labels, class_count)
        _check_indices("prediction", predictions, class_count)
        if lowest_label < 0:
            labelled = labels >= 0
            labels, predictions = labels[labelled], predictions[labelled]
        return cls.from_valid_arrays(labels, predictions, class_count)

    @classmethod
    def from_valid_arrays(cls, labels: np.ndarray, predictions: np.ndarray, class_count: int) -> "ConfusionCounts":
        """``from_arrays`` for arrays known to be equally long and in range, every sample labelled."""
        cells = class_count * (class_count + 1)
        if cells > min(DENSE_CELLS, 16 * labels.size + 4096):
            return cls.from_triples(labels, predictions, np.ones(labels.size, np.int64), class_count)
        table = _count_cells(labels, predictions, class_count)
        codes = np.flatnonzero(table != 0)
        return cls._from_codes(codes, table[codes], class_count)

    @classmethod
    def from_triples(
        cls, labels: np.ndarray, predictions: np.ndarray, counts: np.ndarray, class_count: int
    ) -> "ConfusionCounts":
        """Counts from triples in any order; equal cells are added, cells of count 0 dropped."""
        codes = _cell_codes(labels, predictions, class_count)
        counts = counts.astype(np.int64)
        if np.any(np.diff(codes) <= 0):
            order = np.argsort(codes)
            codes, counts = codes[order], counts[order]
            first = np.flatnonzero(np.diff(codes, prepend=-1))
            codes, counts = codes[first], np.add.reduceat(counts, first)
        occurring = counts > 0
        return cls._from_codes(codes[occurring], counts[occurring], class_count)

    @classmethod
    def _from_codes(cls, codes: np.ndarray, counts: np.ndarray, class_count: int) -> "ConfusionCounts":
        if class_count < 1 << 15:
            codes = codes.astype(np.int32)  # dividing these is several times faster
        labels = codes // (class_count + 1)
        predictions = codes - labels * (class_count + 1) - 1
        return cls(labels.astype(np.int32, copy=False), predictions.astype(np.int32, copy=False), counts, class_count)

    @classmethod
    def from_matrix(cls, matrix: np.ndarray) -> "ConfusionCounts":
        """Counts from a dense (K, K) matrix, rows = label, columns = prediction."""
        labels, predictions = np.nonzero(matrix)
        return cls.from_triples(labels, predictions, matrix[labels, predictions], len(matrix))

    def __add__(self, other: "ConfusionCounts") -> "ConfusionCounts":
        """Counts of both sets of samples.

        Raises:
            InputError: the two have different numbers of classes.
        """
        if self.class_count != other.class_count:
            raise InputError(
                f"Counts over {self.class_count} and over {other.class_count} classes cannot be added.",
                hint="Count both over the same list of classes.",
            )
        return self.from_triples(
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.predictions, other.predictions]),
            np.concatenate([self.counts, other.counts]),
            self.class_count,
        )

    def predicted_only(self) -> "ConfusionCounts":
        """The samples that have a prediction."""
        kept = self.predictions != NO_PREDICTION
        return ConfusionCounts(self.labels[kept], self.predictions[kept], self.counts[kept], self.class_count)

    @cached_property
    def is_right(self) -> np.ndarray:
        """(T,) bool: the cell lies on the diagonal."""
        return np.asarray(self.labels == self.predictions)

    @cached_property
    def codes(self) -> np.ndarray:
        """(T,) int64, one for each cell, ascending."""
        return _cell_codes(self.labels, self.predictions, self.class_count)

    @cached_property
    def label_starts(self) -> np.ndarray:
        """(L,) positions in the triples where a new label begins."""
        starts = np.searchsorted(self.labels, np.arange(self.class_count + 1, dtype=np.int32))
        return starts[:-1][np.diff(starts) > 0]

    def sum_by_label(self, weights: np.ndarray) -> np.ndarray:
        """(L,) float64: Σ count · weight of the prediction, by label that occurs; no prediction weighs nothing.

        Args:
            weights: (K,) float64.
        """
        # "clip" spares NumPy's check of every index; index 0 is no prediction.
        weight_by_cell = np.take(np.concatenate(([0.0], weights)), self._columns, mode="clip")
        weight_by_cell *= self._weights
        sums: np.ndarray = np.add.reduceat(weight_by_cell, self.label_starts)
        return sums

    @cached_property
    def _columns(self) -> np.ndarray:
        return np.asarray(np.add(self.predictions, 1, dtype=np.intp))

    @cached_property
    def _weights(self) -> np.ndarray:
        return self.counts.astype(np.float64)

    @cached_property
    def support(self) -> np.ndarray:
        """(K,) int64: samples of each label."""
        support = np.zeros(self.class_count, np.int64)
        if len(self.counts):
            support[self.labels[self.label_starts]] = np.add.reduceat(self.counts, self.label_starts)
        return support

    @cached_property
    def predicted(self) -> np.ndarray:
        """(K,) int64: samples of each prediction; exact up to 2^53."""
        sums = np.bincount(self._columns, weights=self._weights, minlength=self.class_count + 1)
        return sums[1:].astype(np.int64)

    @cached_property
    def true_positives(self) -> np.ndarray:
        """(K,) int64: samples of each label that were predicted as it."""
        right = np.flatnonzero(self.is_right)
        hits = np.zeros(self.class_count, np.int64)
        hits[self.labels[right]] = self.counts[right]
        return hits

    @cached_property
    def total(self) -> int:
        """Samples counted."""
        return int(self.counts.sum())

    @property
    def without_prediction(self) -> int:
        """Samples counted that have no prediction."""
        return self.total - int(self.predicted.sum())


def _check_indices(word: str, indices: np.ndarray, class_count: int) -> int:
    """Refuse indices out of range; returns the lowest, or 0 where none is negative."""
    if indices.size == 0:
        return 0
    if indices.dtype.kind == "i":
        # One pass for the usual case: read as unsigned, a negative number is larger than every index.
        unsigned = indices.view(f"u{indices.dtype.itemsize}")
        if unsigned.max() < class_count:
            return 0
    low, high = int(indices.min()), int(indices.max())
    if low < -1 or high >= class_count:
        wrong = low if low < -1 else high
        raise InputError(
            f"A {word} has class index {wrong}, but there are {class_count} classes.",
            hint=f"Indices go from 0 to {class_count - 1}; -1 means none.",
        )
    return low


def _cell_codes(labels: np.ndarray, predictions: np.ndarray, class_count: int) -> np.ndarray:
    return np.asarray(labels.astype(np.int64) * (class_count + 1) + predictions + 1)


def _count_cells(labels: np.ndarray, predictions: np.ndarray, class_count: int) -> np.ndarray:
    """(K·(K+1),) int64 counts by ``codes``; in chunks, so that the codes take little more memory than the table."""
    cells = class_count * (class_count + 1)
    chunk_rows = max(1 << 20, 4 * cells)
    table = np.zeros(0, np.int64)
    for start in range(0, labels.size, chunk_rows):
        codes = np.multiply(labels[start : start + chunk_rows], class_count + 1, dtype=np.int64)
        np.add(codes, predictions[start : start + chunk_rows], out=codes)
        codes += 1
        counted = np.bincount(codes, minlength=cells)
        table = table + counted if table.size else counted
    return table
