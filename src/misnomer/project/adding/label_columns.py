"""What a prediction's probabilities say about the sample's label, looked up again whenever a label changes."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.evaluation.probabilities import label_columns
from misnomer.project.progress import Progress, silent
from misnomer.store import models, vectors
from misnomer.store.database import Database

_CHUNK_ROWS = 8192
_LOOKED_UP = pa.schema(
    [
        ("model_id", pa.int32()),
        ("sample_id", pa.int32()),
        ("label_id", pa.int32()),
        ("label_probability", pa.float64()),
        ("label_rank", pa.int32()),
    ]
)


def refresh_label_columns(database: Database, progress: Progress = silent) -> None:
    """Look up the label's probability and rank wherever a label, or a prediction with probabilities, is new."""
    looked_up = look_up_labels(database, models.stale_label_columns(database), progress)
    if looked_up.num_rows:
        models.set_label_columns(database, looked_up)


def look_up_labels(database: Database, stale: pa.Table, progress: Progress = silent) -> pa.Table:
    """The probability and rank of labels.

    Args:
        stale: model_id, sample_id, label_id, vector_id, vector_row, in the order of the matrices' rows.

    Returns:
        model_id, sample_id, label_id, label_probability (float64), label_rank (int32), in the same order.
    """
    stored = vectors.matrices(database)
    looked_up = []
    for start in range(0, stale.num_rows, _CHUNK_ROWS):
        chunk = stale.slice(start, _CHUNK_ROWS)
        for vector_id in pc.unique(chunk["vector_id"]).to_pylist():
            rows = chunk.filter(pc.equal(chunk["vector_id"], vector_id))
            looked_up.append(_look_up(stored[vector_id], rows))
        progress("probabilities", start + chunk.num_rows, stale.num_rows)
    return pa.concat_tables(looked_up) if looked_up else _LOOKED_UP.empty_table()


def _look_up(matrix: vectors.StoredMatrix, rows: pa.Table) -> pa.Table:
    label_ids = rows["label_id"].fill_null(-1).to_numpy()
    answer = label_columns(
        matrix.rows(rows["vector_row"].to_numpy()), matrix.kind, _columns_of(label_ids, matrix.class_ids)
    )
    unlabelled = label_ids < 0
    return pa.table(
        {
            **{name: rows[name] for name in ("model_id", "sample_id", "label_id")},
            **{name: pa.array(answer[name], mask=unlabelled) for name in ("label_probability", "label_rank")},
        }
    )


def _columns_of(label_ids: np.ndarray, class_ids: tuple[int, ...]) -> np.ndarray:
    """Column of each label in a matrix; −1 for a class without one."""
    column_of_class = np.full(max([*class_ids, *label_ids]) + 2, -1, np.int32)
    column_of_class[list(class_ids)] = np.arange(len(class_ids))
    return np.asarray(column_of_class[label_ids])
