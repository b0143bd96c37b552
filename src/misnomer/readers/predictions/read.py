"""Recognise a source of predictions by its content and read it."""

import zipfile
from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from typing import Any

import numpy as np

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.predictions.arrays import in_memory, read_array_predictions
from misnomer.readers.predictions.class_names import ClassesSource, ClassNames, class_names_for
from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.json_values import looks_like_values, read_json_values
from misnomer.readers.predictions.npy import NPY_MAGIC, PICKLE_HINT, open_binary, open_npy, open_npz
from misnomer.readers.predictions.table_file import read_table_predictions
from misnomer.readers.predictions.torch_file import read_torch
from misnomer.readers.report import ImportReport
from misnomer.readers.tables import MISSING_WORDS, Table, open_table
from misnomer.readers.tables.sources import ByteSource

_HEAD_BYTES = 1 << 20
_ZIP_MAGIC = b"PK\x03\x04"
_PICKLE_MAGIC = b"\x80"


def read_predictions(
    source: Any, *, class_names: Sequence[str], classes_file: ClassesSource | None = None
) -> PredictionFile:
    """Read one model's predictions and say what they were recognised as.

    Args:
        source: a path or fsspec URL; an open table, a pyarrow table or data frame; an (N, K) or (N,) array; or arrays
            by name, such as {"keys": …, "probabilities": …, "classes": …}.
        class_names: the project's classes in index order: what an index or an unnamed column means.
        classes_file: class names in the order of the file's columns or indices, if another: a file or a sequence.

    Raises:
        UnreadableSource: no such file, damaged, or no predictions in it.
        LengthMismatch: columns without names, but not as many as classes; arrays of different lengths.
        InvalidProbabilities: numbers that are neither probabilities, logits nor log-probabilities.
        InputError: a pickle, predictions of several models, a class twice.
    """
    classes = class_names_for(class_names, classes_file)
    if isinstance(source, str | PathLike):
        path = fspath(source)
        return _read_file(path, classes, ImportReport(path, "predictions", ""))
    report = ImportReport(f"{type(source).__name__} in memory", "predictions", "arrays in memory")
    if isinstance(source, Mapping):
        return read_array_predictions(in_memory(source, report.source), classes, report)
    if isinstance(source, np.ndarray | list | tuple):
        return read_array_predictions(in_memory({"array": source}, report.source), classes, report)
    return _read_table(source if isinstance(source, Table) else open_table(source), classes, report)


def _read_file(path: str, classes: ClassNames, report: ImportReport) -> PredictionFile:
    head = ByteSource(path).head(_HEAD_BYTES)
    if head.startswith(NPY_MAGIC):
        report.format = "NumPy array"
        return read_array_predictions({"array": open_npy(path)}, classes, report)
    if head.startswith(_ZIP_MAGIC):
        return _read_archive(path, classes, report)
    if head.startswith(_PICKLE_MAGIC):
        raise InputError(f"{path} is a pickle.", hint=PICKLE_HINT)
    if looks_like_values(head.decode("utf-8", "ignore")):
        values = read_json_values(path)
        if isinstance(values, Table):
            return _read_table(values, classes, report)
        if values is not None:
            report.format = "JSON, a list of lists"
            return read_array_predictions(in_memory({"array": values}, path), classes, report)
    return _read_table(open_table(path, missing=MISSING_WORDS - set(classes.known)), classes, report)


def _read_table(table: Table, classes: ClassNames, report: ImportReport) -> PredictionFile:
    report.format = table.format
    return read_table_predictions(table, classes, report)


def _read_archive(path: str, classes: ClassNames, report: ImportReport) -> PredictionFile:
    """An .npz, or a PyTorch file, which is a zip archive too."""
    try:
        with open_binary(path) as file, zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as problem:
        raise UnreadableSource(f"Cannot read {path}: {problem}.", hint="It may be cut off; write it again.") from None
    if any(name.endswith("data.pkl") for name in names):
        report.format = "PyTorch tensors"
        return read_array_predictions(in_memory(read_torch(path), path), classes, report)
    if not any(name.endswith(".npy") for name in names):
        raise UnreadableSource(f"{path} is a zip archive without arrays.", hint="Unpack it and name the file in it.")
    report.format = "NumPy arrays"
    return read_array_predictions(open_npz(path), classes, report)
