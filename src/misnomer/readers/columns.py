"""What the columns of a table are, by their names: image path, key, label, split; and the user's own columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import UnreadableSource
from misnomer.readers.report import ImportReport
from misnomer.readers.sample_tables import IMAGE_COLUMNS
from misnomer.readers.tables.cells import cast_cells, plain_type, to_text

# Best first; written as ``plain_name`` gives them.
PATH_NAMES = (
    *("filepath", "file_path", "path", "image_path", "img_path", "filename", "file_name", "file", "image", "img"),
    *("image_file", "image_name", "img_name", "image_filename", "file_path_abs", "filepath_abs", "paths", "filepaths"),
    *("filenames", "file_names", "files", "images", "image_paths", "uri", "url", "image_uri", "image_url"),
)
KEY_NAMES = (
    *("key", "id", "image_id", "sample_id", "image_identifier", "uid", "uuid", "sample", "keys", "ids", "name"),
    "title",  # of a data unit in Encord
)
LABEL_NAMES = (
    *("label", "class", "target", "gt", "y", "y_true", "category", "label_name", "class_name", "category_name"),
    *(
        "ground_truth",
        "groundtruth",
        "true_label",
        "true_class",
        "truth",
        "labels",
        "classes",
        "class_label",
        "targets",
    ),
    *("annotation", "species", "breed", "diagnosis"),
    *("label_id", "class_id", "category_id", "class_index", "label_index", "class_idx", "label_idx"),
)
SPLIT_NAMES = ("split", "subset", "set", "partition", "data_split", "dataset_split", "usage")

_SPLIT_ALIASES = {"valid": "val", "validation": "val", "training": "train", "testing": "test"}
# What pandas calls a frame's index, or leaves without a name, when it writes one.
_ROW_NUMBERS = r"^(column_\d+|Unnamed: \d+|__index_level_\d+__|index)$"
_WHOLE = r"^[+-]?(0|[1-9]\d{0,17})$"
_NUMBER = r"^[+-]?(0|[1-9]\d*)?(\.\d*)?([eE][+-]?\d+)?$"


@dataclass(frozen=True)
class Roles:
    """The column of each role, or None."""

    path: str | None
    key: str | None
    label: str | None
    split: str | None

    @property
    def used(self) -> set[str]:
        """Every column that has a role."""
        return {name for name in (self.path, self.key, self.label, self.split) if name is not None}


def find_roles(column_names: Sequence[str]) -> Roles:
    """The role of each column; where several names fit a role, the best known one has it.

    >>> find_roles(["File Name", "Target", "camera"])
    Roles(path='File Name', key=None, label='Target', split=None)
    """
    return Roles(*(named(column_names, names) for names in (PATH_NAMES, KEY_NAMES, LABEL_NAMES, SPLIT_NAMES)))


def named(column_names: Sequence[str], names: Sequence[str]) -> str | None:
    """The column that bears the first of these plain names that any does."""
    by_name = {plain_name(column): column for column in reversed(column_names)}
    return next((by_name[name] for name in names if name in by_name), None)


@lru_cache(maxsize=65_536)  # of every column for every role: 10,000 columns took 4 s
def plain_name(name: str) -> str:
    """A column's name in lower case with single underscores.

    >>> plain_name("File Path"), plain_name("y-true"), plain_name("trueLabel")
    ('file_path', 'y_true', 'true_label')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z]+", "_", spaced.casefold()).strip("_")


def no_key_column(source: str, column_names: Sequence[str]) -> UnreadableSource:
    """The error for a table in which nothing names the images."""
    shown = ", ".join(repr(name) for name in column_names[:10]) + (" …" if len(column_names) > 10 else "")
    return UnreadableSource(
        f"{source} has no column that names the images; its columns: {shown}.",
        hint=f"Name it one of {', '.join(PATH_NAMES[:9])} or {', '.join(KEY_NAMES[:3])}, in the first line.",
    )


def split_names(splits: pa.ChunkedArray, report: ImportReport) -> pa.ChunkedArray:
    """Splits by their usual names: valid and validation are val, whatever their case."""
    distinct = [name for name in pc.unique(splits).to_pylist() if name is not None]
    renamed = {name: split_name(name) for name in distinct if split_name(name) != name}
    for name, usual in renamed.items():
        splits = pc.if_else(pc.equal(splits, name), usual, splits)
    report.add("converted", [f"split {name} → {usual}" for name, usual in renamed.items()])
    return splits


def split_name(name: str) -> str:
    """The usual name of a split.

    >>> split_name("validation"), split_name("Train"), split_name("fold-1")
    ('val', 'train', 'fold-1')
    """
    lower = name.strip().lower()
    usual = _SPLIT_ALIASES.get(lower, lower)
    return usual if usual in ("train", "val", "test") else name


def user_columns(
    table: pa.Table, names: Iterable[str], report: ImportReport, *, typed: bool
) -> dict[str, pa.ChunkedArray]:
    """The user's own columns: numbers as int64 or float64, all else as text.

    Args:
        table: all rows.
        names: which columns; lists, structs and bytes among them are left out and reported.
        typed: the source has types, so that its text is text even where it looks like numbers.
    """
    columns: dict[str, pa.ChunkedArray] = {}
    ignored, counting = [], []
    for name in names:
        column = table[name]
        if pa.types.is_nested(column.type) or pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
            ignored.append(name)
            continue
        values = _typed(column, typed)
        if re.match(_ROW_NUMBERS, name) and _counts_rows(values):
            counting.append(name)
            continue
        own = name
        while own in IMAGE_COLUMNS.names or own in columns:
            own += "_"
        columns[own] = values
    report.add("ignored_column", ignored, detail="not one value a cell")
    report.add("ignored_column", counting, detail="numbers of rows")
    return columns


def _counts_rows(column: pa.ChunkedArray) -> bool:
    if column.type != pa.int64() or column.null_count:
        return False
    return bool(np.array_equal(np.sort(column.to_numpy()), np.arange(len(column))))


def _typed(column: pa.ChunkedArray, typed: bool) -> pa.ChunkedArray:
    kind = plain_type(column.type)
    if pa.types.is_string(kind):
        return column if typed else _numbers_in(column)
    if pa.types.is_integer(kind) and kind != pa.uint64():
        return column.cast(pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind) or kind == pa.uint64():
        floats = column.cast(pa.float64())
        return pc.if_else(pc.is_nan(floats), None, floats)
    return as_text(column)


def _numbers_in(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as numbers where every cell is one; digits with leading zeros are names."""
    if texts.null_count == len(texts):
        return texts
    trimmed = pc.utf8_trim_whitespace(texts)
    for pattern, kind in ((_WHOLE, pa.int64()), (_NUMBER, pa.float64())):
        if pc.all(pc.match_substring_regex(trimmed, pattern)).as_py():
            chunks = [cast_cells(chunk, kind)[0] for chunk in trimmed.chunks]
            return pa.chunked_array(chunks, kind)
    return texts


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column's cells as text."""
    return pa.chunked_array([to_text(chunk) for chunk in column.chunks], pa.string())
