"""Tables with a number for every class: one column a class, or a column of lists."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from misnomer.readers.columns import named, plain_name
from misnomer.readers.predictions.class_columns import (
    ClassColumns,
    all_columns,
    find_class_columns,
    positional_names,
    report_unknown_columns,
)
from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.lists import holds_lists, list_cells, list_matrix, numbers_of
from misnomer.readers.predictions.matrix import recognised_matrix
from misnomer.readers.predictions.named import read_classes
from misnomer.readers.predictions.named_order import order_by_names
from misnomer.readers.predictions.reading import Reading
from misnomer.readers.predictions.roles import PREDICTION_NAMES
from misnomer.readers.predictions.sources import ArraySource
from misnomer.readers.predictions.table_sources import TableMatrix
from misnomer.readers.report import ImportReport
from misnomer.readers.tables.cells import to_text

_VECTOR_NAMES = ("probs", "prob", "probabilities", "pred_probs", "logits", "logit", "scores", "score", "log_probs")
_NOT_PREDICTIONS = ("embedding", "embeddings", "features", "feature", "vector", "hidden_states")


def read_class_columns(reading: Reading) -> PredictionFile | None:
    """A column for each class, in any order; None if there are none."""
    numeric = [name for name in reading.head.schema.names if reading.is_numeric(name)]
    if not reading.classes.known or not set(reading.classes.known) <= set(numeric):
        numeric = [name for name in numeric if name not in reading.roles.used]
    has_prediction = bool(reading.roles.predictions or reading.roles.indices)
    noted = ImportReport("", "", "")
    found = find_class_columns(numeric, reading.classes, noted, has_prediction=has_prediction)
    if not has_prediction and _are_all_classes(reading, numeric, found):
        noted = ImportReport("", "", "")
        found = all_columns(numeric, reading.classes, noted)
    if found is None:
        return None
    reading.report.findings.extend(noted.findings)
    reading.use_class_columns(found.columns)
    words = f"one column per class ({len(found.columns):,} classes)"
    source = TableMatrix(reading.table, found.columns)
    names, by_position = found.class_names, found.by_position
    if by_position:
        cells = [numbers_of(reading.head.column(column)) for column in found.columns]
        names, by_position = _named_beside(reading, np.column_stack(cells), names)
    return _streamed(reading, source, names, words, by_position=by_position)


def _are_all_classes(reading: Reading, numeric: Sequence[str], found: ClassColumns | None) -> bool:
    """Whether the model knows more classes than the labels: in most rows, and in more than without the others, all
    columns together sum to 1."""
    if len(numeric) < 2 or (found is not None and len(found.columns) == len(numeric)):
        return False
    of_known = 0.0 if found is None else reading.share_that_sums_to_one(found.columns)
    return reading.share_that_sums_to_one(numeric) > max(0.5, of_known)


def read_vectors(reading: Reading) -> PredictionFile | None:
    """A column of lists with a number for each class; None if there is none.

    Raises:
        LengthMismatch: the lists are not as long as there are classes.
    """
    vectors = vector_columns(reading)
    if not vectors:
        return None
    column = vectors[0]
    lengths = list_cells(reading.head.column(column)).lengths
    width = int(np.bincount(lengths).argmax()) if lengths.any() else 0
    names = positional_names(width, reading.classes, reading.report)
    reading.used.add(column)
    words = f"lists of {width:,} numbers in {column!r}"
    source = TableMatrix(reading.table, [column], width=width)
    by_position = not reading.classes.stated
    if by_position:
        numbers = list_matrix(reading.head.column(column), width, np.dtype(np.float64))
        names, by_position = _named_beside(reading, numbers, names)
    return _streamed(reading, source, names, words, by_position=by_position)


def _named_beside(reading: Reading, numbers: np.ndarray, assumed: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The classes of columns without names, and whether they are still known by position only.

    A column that names the class predicted tells their order.

    Args:
        numbers: (H, K) of the first rows.
        assumed: (K,) the classes in the project's order.
    """
    beside = named([name for name in reading.head.schema.names if name not in reading.used], PREDICTION_NAMES)
    if beside is None:
        return assumed, True
    whole = ~np.isnan(numbers).any(axis=1)
    cells = pa.chunked_array([to_text(reading.head.column(beside)).filter(pa.array(whole))])
    predicted, by_index = read_classes(cells, reading.classes, ImportReport("", "", ""))
    if by_index:
        return assumed, True
    best = numbers[whole].argmax(axis=1)
    order = order_by_names(best, predicted.to_pylist(), assumed, source=reading.report.source)
    if order is None:
        return assumed, True
    reading.used.add(beside)
    detail = f"columns without class names taken as the classes that {beside!r} calls them by"
    reading.report.add("converted", count=1, detail=detail)
    return order, False


def vector_columns(reading: Reading) -> list[str]:
    """Columns of lists of numbers that can be predictions, those of a known name first."""
    lists = [name for name in reading.head.schema.names if holds_lists(reading.head.column(name))]
    numbers = [name for name in lists if reading.has_lists_of_numbers(name)]
    return sorted((name for name in numbers if plain_name(name) not in _NOT_PREDICTIONS), key=_rank)


def _rank(column: str) -> int:
    name = plain_name(column)
    return _VECTOR_NAMES.index(name) if name in _VECTOR_NAMES else len(_VECTOR_NAMES)


def _streamed(
    reading: Reading, source: TableMatrix, class_names: Sequence[str], words: str, *, by_position: bool
) -> PredictionFile:
    rows, sample = source.survey(reading.beside)
    reading.report.findings.extend(reading.table.findings)
    report_unknown_columns(class_names, reading.classes, reading.report)
    return matrix_file(reading, rows, source, sample, class_names, words, by_position=by_position)


def matrix_file(
    reading: Reading,
    rows: pa.Table,
    source: ArraySource,
    sample: np.ndarray,
    class_names: Sequence[str],
    words: str,
    *,
    by_position: bool,
) -> PredictionFile:
    """The file of a matrix.

    Args:
        rows: with the columns beside.
        sample: (S, K) float64 rows spread over the matrix.
    """
    reading.report.format = f"{reading.table.format}: {words}"
    return PredictionFile(
        keys=reading.keys(rows),
        row_count=source.shape[0],
        report=reading.report,
        matrix=recognised_matrix(source, sample, class_names, reading.report, by_position=by_position),
        classes_by_position=by_position,
        labels=reading.own_labels(rows),
    )
