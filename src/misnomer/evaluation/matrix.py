"""A matrix of probabilities in memory (or memory-mapped): checked, and read chunk by chunk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from misnomer.errors import InputError, InvalidProbabilities, LengthMismatch
from misnomer.evaluation.encoding import distinct_classes
from misnomer.evaluation.probabilities import ROW_PROBLEMS, label_columns, row_columns
from misnomer.evaluation.probability_scores import ProbabilityColumns
from misnomer.evaluation.ranking import ProbabilityBlocks
from misnomer.schema import MatrixKind

CHUNK_CELLS = 1 << 20  # 8 MB of doubles: what a chunk needs stays in the processor's cache

_PROBLEM_SENTENCES = {
    "invalid_probability": "have NaN, infinite or negative values",
    "sum_not_one": "do not sum to 1",
}


@dataclass(frozen=True)
class MatrixRows:
    """A valid matrix and what its rows say without labels.

    Attributes:
        matrix: (N, K) as given.
        kind: probabilities, logits or log-probabilities.
        by_row: (N,) arrays of ``row_columns``.
    """

    matrix: np.ndarray
    kind: MatrixKind
    by_row: Mapping[str, np.ndarray]

    def columns(self, labels: np.ndarray) -> ProbabilityColumns:
        """Of the labelled samples; ``labels`` (N,) are columns of the matrix, −1 unlabelled."""
        labelled = labels >= 0
        parts = [
            label_columns(chunk, self.kind, labels[start : start + len(chunk)]) for start, chunk in _chunks(self.matrix)
        ]
        by_label = {name: np.concatenate([part[name] for part in parts])[labelled] for name in parts[0]}
        label = labels[labelled].astype(np.int32)
        return ProbabilityColumns(
            label=label,
            confidence=self.by_row["confidence"][labelled],
            right=self.by_row["prediction"][labelled] == label,
            label_probability=by_label["label_probability"],
            label_rank=by_label["label_rank"],
            sum_squares=self.by_row["sum_squares"][labelled],
            column_count=self.matrix.shape[1],
        )

    def blocks(self, labels: np.ndarray) -> ProbabilityBlocks:
        """The labelled samples' probabilities, block by block."""
        labelled = labels >= 0
        positions = np.where(labelled, np.cumsum(labelled) - 1, -1)
        columns = np.arange(self.matrix.shape[1], dtype=np.int32)
        return ProbabilityBlocks(lambda: (chunk for _, chunk in _chunks(self.matrix)), self.kind, positions, columns)


def as_matrix(probabilities: Any) -> np.ndarray:
    """The (N, K) array of what was given.

    Raises:
        InputError: it is not a matrix of numbers with at least one column.
    """
    matrix: np.ndarray = np.asanyarray(probabilities)
    if matrix.size == 0 and matrix.ndim < 2:
        matrix = matrix.reshape(0, 1)
    if matrix.ndim != 2 or matrix.shape[1] == 0 or matrix.dtype.kind not in "fiu":
        raise InputError(
            f"The probabilities have shape {matrix.shape} and type {matrix.dtype}.",
            hint="Give one row a sample and one column a class, of numbers.",
        )
    return matrix


def column_classes(labels: Any, classes: Sequence[Any] | None, column_count: int) -> Sequence[Any]:
    """The classes of the columns: those given, else 0, 1, … for labels that are numbers, else the sorted labels.

    Raises:
        LengthMismatch: there are more or fewer classes than columns.
    """
    if classes is None:
        occurring = distinct_classes(labels)
        are_numbers = all(isinstance(value, int) for value in occurring)
        classes = range(column_count) if are_numbers else occurring
    if len(classes) != column_count:
        raise LengthMismatch(
            f"{len(classes):,} classes but {column_count:,} columns of probabilities.",
            hint="Give the classes of the columns, in order: classes=[…].",
        )
    return classes


def read_rows(matrix: np.ndarray, kind: MatrixKind) -> MatrixRows:
    """Check the rows and take from them what needs no labels.

    Raises:
        InvalidProbabilities: rows that are not what ``kind`` says.
    """
    parts = [row_columns(chunk, kind) for _, chunk in _chunks(matrix)]
    by_row = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    _refuse_problems(by_row["problem"], kind)
    return MatrixRows(matrix, kind, by_row)


def _chunks(matrix: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Consecutive rows with the number of the first; one empty chunk of an empty matrix."""
    step = max(1, CHUNK_CELLS // matrix.shape[1])
    for start in range(0, max(1, len(matrix)), step):
        yield start, matrix[start : start + step]


def _refuse_problems(problems: np.ndarray, kind: MatrixKind) -> None:
    for number, problem in enumerate(ROW_PROBLEMS[1:], start=1):
        rows = np.flatnonzero(problems == number)
        if len(rows):
            words = kind.replace("_", "-")
            raise InvalidProbabilities(
                f"{len(rows):,} of {len(problems):,} rows of {words} {_PROBLEM_SENTENCES[problem]}; "
                f"the first is row {rows[0]}.",
                hint="If they are scores before the softmax, say kind='logits'; if logarithms, "
                "kind='log_probabilities'.",
            )
