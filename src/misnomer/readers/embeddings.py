"""The user's own vectors: arrays with keys beside them, or a table with a column of lists or one column a dimension."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Any

import numpy as np
import pyarrow as pa

from misnomer.errors import InputError, LengthMismatch, UnreadableSource
from misnomer.readers.columns import KEY_NAMES, PATH_NAMES, named
from misnomer.readers.predictions.arrays import in_memory
from misnomer.readers.predictions.lists import holds_lists, list_cells
from misnomer.readers.predictions.npy import NPY_MAGIC, open_binary, open_npy, open_npz
from misnomer.readers.predictions.sources import ArraySource
from misnomer.readers.predictions.table_sources import TableMatrix
from misnomer.readers.predictions.torch_file import read_torch
from misnomer.readers.report import ImportReport
from misnomer.readers.tables import Table, open_table
from misnomer.readers.tables.sources import ByteSource

_KEYS = ("key", *PATH_NAMES, *KEY_NAMES)
_VECTORS = ("embeddings", "embedding", "vectors", "vector", "features", "feature", "hidden_states", "x")
_HINT = "Call the (N, D) array or column of lists 'embeddings', and the N names of the images 'keys'."


@dataclass(frozen=True)
class EmbeddingFile:
    """Vectors before they are joined with the samples.

    Attributes:
        keys: (N,) strings that name the samples; None: the rows are in the order of the samples.
        source: (N, D) numbers, streamed.
        report: what was recognised and met; ``align_vectors`` adds to it.
    """

    keys: pa.ChunkedArray | None
    source: ArraySource
    report: ImportReport


def read_embeddings(source: Any, *, keys: Any = None) -> EmbeddingFile:
    """Read vectors and say what they were recognised as.

    Args:
        source: a path or fsspec URL of .npy, .npz, PyTorch tensors or a table; a table or data frame; an (N, D)
            array; or arrays by name, such as {"keys": …, "embeddings": …}.
        keys: names of the rows, where the source has none: a sequence, or a file with one a line or an .npy of text.

    Raises:
        UnreadableSource: no such file, damaged, or no vectors in it.
        InputError: several arrays could be the vectors, or they are a pickle.
        LengthMismatch: not as many keys as vectors.
    """
    name = fspath(source) if isinstance(source, str | PathLike) else f"{type(source).__name__} in memory"
    file = _read(source, name, ImportReport(name, "embeddings", "arrays in memory"))
    if keys is not None:
        file = EmbeddingFile(_keys_beside(keys), file.source, file.report)
    count, dimensions = file.source.shape
    if file.keys is not None and len(file.keys) != count:
        raise LengthMismatch(
            f"{len(file.keys):,} keys but {count:,} vectors.", hint="Give a key for each vector, in the same order."
        )
    if not count or not dimensions:
        raise UnreadableSource(f"{name} has no vectors.", hint="Check that they were written to it.")
    words = "in the order of the samples" if file.keys is None else "with keys"
    file.report.format += f": {count:,} vectors of {dimensions:,} numbers, {words}"
    return file


def _read(source: Any, name: str, report: ImportReport) -> EmbeddingFile:
    if isinstance(source, str | PathLike):
        return _read_file(name, report)
    if isinstance(source, Mapping):
        return _of_arrays(in_memory(source, name), report)
    if isinstance(source, np.ndarray | list | tuple):
        return _of_arrays(in_memory({"array": source}, name), report)
    return _of_table(open_table(source), report)


def _read_file(path: str, report: ImportReport) -> EmbeddingFile:
    head = ByteSource(path).head(len(NPY_MAGIC))
    if head.startswith(NPY_MAGIC):
        report.format = "NumPy array"
        return _of_arrays({"array": open_npy(path)}, report)
    if not head.startswith(b"PK\x03\x04"):
        return _of_table(open_table(path), report)
    with open_binary(path) as file, zipfile.ZipFile(file) as archive:
        is_torch = any(member.endswith("data.pkl") for member in archive.namelist())
    report.format = "PyTorch tensors" if is_torch else "NumPy arrays"
    return _of_arrays(in_memory(read_torch(path), path) if is_torch else open_npz(path), report)


def _of_arrays(arrays: Mapping[str, ArraySource], report: ImportReport) -> EmbeddingFile:
    matrices = [name for name, array in arrays.items() if len(array.shape) == 2 and array.dtype.kind in "fiu"]
    chosen = named(matrices, _VECTORS) or (matrices[0] if len(matrices) == 1 else None)
    if chosen is None:
        shapes = ", ".join(f"{name}: {array.description}" for name, array in arrays.items())
        found = "several arrays could be vectors" if matrices else "no array of vectors"
        raise InputError(f"{report.source} has {found} ({shapes}).", hint=_HINT)
    flat = [name for name, array in arrays.items() if len(array.shape) == 1 and array.dtype.kind in "USiu"]
    key = named(flat, _KEYS)
    report.add("ignored_column", [name for name in arrays if name not in (chosen, key)])
    return EmbeddingFile(None if key is None else _texts(arrays[key].load()), arrays[chosen], report)


def _of_table(table: Table, report: ImportReport) -> EmbeddingFile:
    report.format = table.format
    head = next(iter(table.batches()), None)
    if head is None:
        raise UnreadableSource(f"{report.source} has no rows.", hint="Check that it is the right file.")
    key = named(table.column_names, _KEYS)
    lists = [name for name in table.column_names if name != key and holds_lists(head.column(name))]
    column = named(lists, _VECTORS) or (lists[0] if len(lists) == 1 else None)
    if column is not None:
        lengths = list_cells(head.column(column)).lengths
        source = TableMatrix(table, [column], width=int(np.bincount(lengths).argmax()))
        used = {column}
    else:
        numeric = [name for name in table.column_names if name != key and _is_number(table.schema.field(name).type)]
        if len(numeric) < 2 or lists:
            raise InputError(f"{report.source} has no column of vectors.", hint=_HINT)
        source, used = TableMatrix(table, numeric), set(numeric)
    rows, _ = source.survey([key] if key else [])
    report.add("ignored_column", [name for name in table.column_names if name not in used | {key}])
    report.findings.extend(table.findings)
    return EmbeddingFile(rows[key] if key else None, source, report)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))


def _keys_beside(keys: Any) -> pa.ChunkedArray:
    if not isinstance(keys, str | PathLike):
        return pa.chunked_array([pa.array([str(key) for key in keys], pa.string())])
    source = ByteSource(fspath(keys))
    if source.head(len(NPY_MAGIC)).startswith(NPY_MAGIC):
        return _texts(open_npy(fspath(keys)).load())
    with open_binary(fspath(keys)) as file:
        try:
            lines = file.read().decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            raise UnreadableSource(f"{keys} is not text in UTF-8.", hint="Write one key a line.") from None
    return pa.chunked_array([pa.array(lines, pa.string())])


def _texts(values: np.ndarray) -> pa.ChunkedArray:
    if values.dtype.kind == "S":
        values = np.char.decode(values, "utf-8", "replace")
    return pa.chunked_array([pa.array(values.astype(str), pa.string())])
