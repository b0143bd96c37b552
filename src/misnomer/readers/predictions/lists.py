"""Cells that hold a list: Arrow lists, or text such as ``[0.9, 0.1]``, ``[0.9 0.1]`` or ``['cat' 'dog']``."""

import re
from ast import literal_eval
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# What NumPy and pandas write into a CSV: quoted names side by side, or bare words between commas.
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


@dataclass(frozen=True)
class ListCells:
    """n lists end to end: list i is ``values[offsets[i]:offsets[i + 1]]``; a missing list is empty."""

    offsets: np.ndarray
    values: pa.Array

    @property
    def lengths(self) -> np.ndarray:
        """(n,) int64."""
        return np.diff(self.offsets)


def holds_lists(column: pa.Array | pa.ChunkedArray) -> bool:
    """Whether the first filled cells of a column are lists."""
    if is_list(column.type):
        return True
    if not pa.types.is_string(column.type):
        return False
    filled = column.slice(0, 4096).drop_null().slice(0, 16).to_pylist()
    return bool(filled) and all(text.strip().startswith("[") and text.strip().endswith("]") for text in filled)


def is_list(column_type: pa.DataType) -> bool:
    """Whether this is one of Arrow's types of lists."""
    kinds = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    return any(is_kind(column_type) for is_kind in kinds)


def list_cells(column: pa.Array) -> ListCells:
    """The lists of a column; numbers written as text become float64."""
    if not is_list(column.type):
        return _from_text(column)
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
    return ListCells(np.append(0, np.cumsum(lengths, dtype=np.int64)), pc.list_flatten(column))


def list_matrix(column: pa.Array, width: int, dtype: np.dtype) -> np.ndarray:
    """(n, width) numbers; a list of another length is a row of NaN."""
    cells = list_cells(column)
    numbers = numbers_of(cells.values).astype(dtype, copy=False)
    if len(numbers) == len(column) * width and (cells.lengths == width).all():
        return numbers.reshape(len(column), width)
    rows = np.full((len(column), width), np.nan, dtype)
    fitting = np.flatnonzero(cells.lengths == width)
    rows[fitting] = numbers[cells.offsets[fitting][:, None] + np.arange(width)]
    return rows


def numbers_of(values: pa.Array) -> np.ndarray:
    """Numbers, also those written as text; NaN where there is none."""
    if pa.types.is_string(values.type):
        return np.array([_number(text) for text in values.to_pylist()], np.float64)
    return np.asarray(values.to_numpy(zero_copy_only=False))


def _from_text(column: pa.Array) -> ListCells:
    lists = [_split(text) if text else [] for text in column.to_pylist()]
    offsets = np.append(0, np.cumsum([len(cells) for cells in lists], dtype=np.int64))
    return ListCells(offsets, pa.array([cell for cells in lists for cell in cells], pa.string()))


def _split(text: str) -> list[str]:
    inner = text.strip()[1:-1]
    quoted = [_unquoted(token) for token in _QUOTED.findall(inner)]
    if quoted:
        return quoted
    between = "," if "," in inner else None
    return [cell.strip() for cell in inner.split(between) if cell.strip()]


def _unquoted(token: str) -> str:
    try:
        return str(literal_eval(token)) if "\\" in token else token[1:-1]
    except (ValueError, SyntaxError):
        return token[1:-1]


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")
