"""The cells of a confusion matrix that are drawn, as rows of data. Only cells that hold samples are shipped."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from misnomer.charts.class_order import most_confused_classes
from misnomer.evaluation.results import Evaluation

CellValue = Literal["count", "row", "column"]


class Cells(NamedTuple):
    """The non-zero cells that are drawn, with the totals of the whole matrix."""

    names: list[str]  # as many as are drawn; the last ``added_count`` are "other" and "no prediction"
    added_count: int
    labels: np.ndarray
    predictions: np.ndarray
    counts: np.ndarray
    row_totals: np.ndarray
    column_totals: np.ndarray
    class_count: int
    wrong_total: int

    @property
    def is_right(self) -> np.ndarray:
        """(n,) bool."""
        right: np.ndarray = self.labels == self.predictions
        return right

    def group(self, position: int) -> str:
        """What a row or column holds: "class", "other" or "no prediction"; a class may be named like the latter."""
        return "class" if position < len(self.names) - self.added_count else self.names[position]

    def dense(self) -> np.ndarray:
        """(K, K) int64 of the classes, without "other" and "no prediction"."""
        matrix = np.zeros((len(self.names), len(self.names)), np.int64)
        matrix[self.labels, self.predictions] = self.counts
        count = len(self.names) - self.added_count
        return matrix[:count, :count]


def drawn_cells(evaluation: Evaluation, limit: int, only: Sequence[str] | None = None) -> Cells:
    """The sparse matrix, cut to the classes ``only``, or to the most confused when there are more than ``limit``."""
    names = evaluation.confusion.classes
    labels, predictions, counts = evaluation.confusion.counts.array.T
    class_count = min(len(evaluation.classes), len(names)) or len(names)
    kept = np.arange(len(names))
    if only is not None:
        wanted = set(only)
        kept = np.array([i for i in range(class_count) if names[i] in wanted], np.int64)
    elif class_count > limit:
        kept = most_confused_classes(labels, predictions, counts, class_count, limit)
    position = np.full(len(names), -1)
    position[kept] = np.arange(kept.size)
    drawn = (counts > 0) & (position[labels] >= 0) & (position[predictions] >= 0)
    return Cells(
        names=[names[i] for i in kept],
        added_count=int((kept >= class_count).sum()),
        labels=position[labels[drawn]],
        predictions=position[predictions[drawn]],
        counts=counts[drawn],
        row_totals=np.bincount(labels, counts, len(names))[kept].astype(np.int64),
        column_totals=np.bincount(predictions, counts, len(names))[kept].astype(np.int64),
        class_count=class_count,
        wrong_total=int(counts[labels != predictions].sum()),
    )


def cell_rows(cells: Cells, shown: list[str], values: CellValue) -> list[dict[str, Any]]:
    """One row a cell, with everything its colour, text, tooltip and a click on it need.

    Args:
        shown: the names as drawn, one for each of ``cells.names``.
        values: what ``text`` says and ``strength`` (0 to 1) shows.
    """
    row_shares = cells.counts / cells.row_totals[cells.labels]
    column_shares = cells.counts / cells.column_totals[cells.predictions]
    strengths = {"count": _relative(cells), "row": row_shares, "column": column_shares}[values]
    return [
        {
            "label": cells.names[label],
            "prediction": cells.names[prediction],
            "row": shown[label],
            "column": shown[prediction],
            "label_group": cells.group(label),
            "prediction_group": cells.group(prediction),
            "count": int(count),
            "row_share": round(float(row_share), 6),
            "column_share": round(float(column_share), 6),
            "right": bool(label == prediction),
            "strength": round(float(strength), 3),
            "text": {"count": f"{count:,}", "row": _percent(row_share), "column": _percent(column_share)}[values],
            "about": f"{shown[label]} → {shown[prediction]}: {count:,} of {cells.row_totals[label]:,} labelled "
            f"({row_share:.1%}), of {cells.column_totals[prediction]:,} predicted ({column_share:.1%})",
        }
        for label, prediction, count, row_share, column_share, strength in zip(
            cells.labels, cells.predictions, cells.counts, row_shares, column_shares, strengths, strict=True
        )
    ]


def _relative(cells: Cells) -> np.ndarray:
    """Square root of the count over the largest of its kind: errors must show beside a much larger diagonal.

    Yet errors that are rare throughout stay faint: their scale ends no lower than a quarter of the diagonal's.
    """
    largest_right = cells.counts.max(where=cells.is_right, initial=1)
    largest_wrong = cells.counts.max(where=~cells.is_right, initial=1)
    largest = np.where(cells.is_right, largest_right, max(largest_wrong, largest_right / 4))
    relative: np.ndarray = np.sqrt(cells.counts / largest)
    return relative


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "<1%"
