"""Labels written as one column of 0 and 1 for each class, as Kaggle likes to."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.readers.columns import as_text
from misnomer.readers.report import ImportReport

_ZERO_OR_ONE = r"^(0|1)(\.0*)?$"


def one_hot_labels(
    rows: pa.Table, names: list[str], keys: pa.ChunkedArray, report: ImportReport
) -> tuple[pa.ChunkedArray, tuple[str, ...]] | None:
    """The class of each row by its only 1, if these columns are such.

    Args:
        rows: the table.
        names: its columns that have no other role.
        keys: (n,) what to call the rows in the report.

    Returns:
        (n,) class names, null for a row without a 1 or with several, and the classes in the columns' order;
        None unless at least two columns hold nothing but 0 and 1, and half of the rows a single 1.
    """
    classes = [name for name in names if _is_zero_or_one(rows[name])]
    if len(classes) < 2 or not rows.num_rows:
        return None
    marks = np.column_stack([_marks(rows[name]) for name in classes])
    counts = marks.sum(axis=1)
    if np.count_nonzero(counts == 1) * 2 < len(counts):
        return None
    report.add("multiple_labels", keys.filter(pa.array(counts > 1)).to_pylist())
    labels = pa.array(classes, pa.string()).take(pa.array(marks.argmax(axis=1), mask=counts != 1))
    return pa.chunked_array([labels]), tuple(classes)


def _is_zero_or_one(column: pa.ChunkedArray) -> bool:
    if pa.types.is_boolean(column.type):
        return True
    if pa.types.is_nested(column.type) or column.null_count == len(column):
        return False
    return bool(pc.all(pc.match_substring_regex(as_text(column), _ZERO_OR_ONE)).as_py())


def _marks(column: pa.ChunkedArray) -> np.ndarray:
    """(n,) bool."""
    marked = column if pa.types.is_boolean(column.type) else pc.starts_with(as_text(column), "1")
    return np.asarray(pc.fill_null(marked, False).to_numpy(), bool)
