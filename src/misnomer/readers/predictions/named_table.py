"""Tables with one class a row."""

import numpy as np
import pyarrow as pa

from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.named import read_classes, read_confidence
from misnomer.readers.predictions.reading import Reading


def read_named(reading: Reading) -> PredictionFile | None:
    """A column of classes, perhaps with one of confidences; None if there is none.

    Where the names in it are none of the project's, a column of indices beside it is used.
    """
    roles = reading.roles
    if not roles.predictions and not roles.indices:
        return None
    column = reading.best_known([*roles.predictions, *roles.indices[:1]])
    reading.used |= {column, *([roles.confidence] if roles.confidence else [])}
    types = {column: pa.string(), **({roles.confidence: pa.float64()} if roles.confidence else {})}
    rows = reading.read(list(types), types)
    scores = rows[roles.confidence] if roles.confidence else None
    beside = f", confidence in {roles.confidence!r}" if roles.confidence else ""
    words = f"one class a row in {column!r}{beside}"
    return named_file(reading, rows, rows[column], scores, words, are_indices=column in roles.indices)


def named_file(
    reading: Reading,
    rows: pa.Table,
    cells: pa.ChunkedArray,
    scores: pa.ChunkedArray | np.ndarray | None,
    words: str,
    *,
    are_indices: bool,
) -> PredictionFile:
    """The file of one class a row, with scores that are confidences.

    Args:
        rows: with the columns beside.
        cells: (N,) names or indices.
    """
    predictions, by_index = read_classes(cells, reading.classes, reading.report, are_indices=are_indices)
    keys = reading.keys(rows)
    if isinstance(scores, np.ndarray):
        scores = pa.chunked_array([pa.array(scores, pa.float64(), from_pandas=True)])
    reading.report.format = f"{reading.table.format}: {words}"
    return PredictionFile(
        keys=keys,
        row_count=rows.num_rows,
        report=reading.report,
        predictions=predictions,
        confidence=None if scores is None else read_confidence(scores, keys, reading.report),
        classes_by_position=by_index and not reading.classes.stated,
        labels=reading.own_labels(rows),
    )
