"""Rows by key: what has no key is left out, what occurs twice is used once or, if contradictory, not at all."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.readers.columns import Roles
from misnomer.readers.report import ImportReport


def one_row_a_key(rows: pa.Table, report: ImportReport) -> pa.Table:
    """The rows that have a key, one a key, in their order; the others go into the report.

    Args:
        rows: with a column ``key``. Rows of one key are duplicates if all their other columns are equal.
    """
    missing = pc.is_null(rows["key"])
    if pc.any(missing).as_py():
        report.add("missing_key", [f"row {row + 1}" for row in np.flatnonzero(missing)])
        rows = rows.filter(pc.invert(missing))
    occurring = repeated_rows(rows["key"])
    if not len(occurring):
        return rows
    contents: dict[str, list[str]] = {}
    first_row: dict[str, int] = {}
    for row, cells in zip(occurring.tolist(), rows.take(pa.array(occurring)).to_pylist(), strict=True):
        contents.setdefault(cells["key"], []).append(repr(cells))  # NaN is equal to NaN here
        first_row.setdefault(cells["key"], row)
    equal = [key for key, cells in contents.items() if len(set(cells)) == 1]
    report.add("duplicate_key", equal)
    report.add("conflicting_duplicate", [key for key in contents if len(set(contents[key])) > 1])
    kept = np.ones(rows.num_rows, bool)
    kept[occurring] = False
    kept[[first_row[key] for key in equal]] = True
    return rows.filter(pa.array(kept))


def choose_key(rows: pa.Table, roles: Roles, report: ImportReport) -> Roles:
    """The roles with one column to name the rows: the key column if it names each differently, else the path's."""
    if roles.key is None or roles.path is None:
        return roles
    keys = rows[roles.key]
    if keys.null_count == 0 and not len(repeated_rows(keys)):
        return roles
    report.add("ignored_column", [roles.key], detail="not unique, so it is no key; kept as the user's column")
    return replace(roles, key=None)


def repeated_rows(keys: pa.ChunkedArray) -> np.ndarray:
    """(m,) int64, the rows whose key occurs more than once."""
    encoded = keys.combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    counts = np.bincount(codes, minlength=1)
    return np.flatnonzero(counts[codes] > 1)


def report_without_label(keys: pa.ChunkedArray, labels: pa.ChunkedArray, report: ImportReport) -> None:
    """Add a finding for the rows without label; nothing is lost by them, so only the first are named."""
    without = pc.is_null(labels)
    count = pc.sum(without).as_py() or 0
    report.add("without_label", keys.filter(without).slice(0, 1000).to_pylist(), count=count)
