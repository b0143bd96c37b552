"""Scores of one file that has labels and predictions, without a project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import InputError, UnknownName
from misnomer.evaluation.results import Evaluation
from misnomer.evaluation.score import score
from misnomer.readers.class_names import labels_of_cells
from misnomer.readers.columns import named
from misnomer.readers.predictions import PredictionFile, read_predictions
from misnomer.readers.predictions.npy import NPY_MAGIC, open_npz
from misnomer.readers.predictions.roles import LABEL_NAMES, recognise_roles
from misnomer.readers.report import Finding, ImportReport
from misnomer.readers.tables import SelectedTable, open_table
from misnomer.readers.tables.sources import ByteSource

_ARCHIVE_MAGIC = b"PK\x03\x04"
_CLASS_NAMES = ("class_names", "classes", "label_names", "target_names")
_UNTOLD = ("ignored_column", "ignored_label", "missing_key")


@dataclass(frozen=True)
class _Contents:
    """The labels of a file, and the other arrays or columns, among which the predictions are.

    Attributes:
        labels: (N,) names or indices.
        rest: what ``read_predictions`` takes.
        class_names: what an index among the labels means; empty where the file does not say.
        findings: what was odd about the rows.
    """

    labels: pa.ChunkedArray
    rest: Any
    class_names: tuple[str, ...] = ()
    findings: Sequence[Finding] = ()


def score_file(path: str | Path, label: str | None = None, prediction: str | None = None) -> Evaluation:
    """Every score of the predictions in a file against the labels in the same file.

    Args:
        path: a table with a column of labels and one of predictions, or one column per class; or an .npz archive
            with ``y_true`` and ``y_pred`` or a matrix of probabilities. Local or an fsspec URL.
        label: the column of the labels; None: recognised by its name.
        prediction: the column of the predictions, likewise.

    Returns:
        The evaluation; its notes say what was converted or left out on the way.

    Raises:
        InputError: the file has no labels, or nothing but labels.
        UnknownName: there is no such column.
    """
    source = str(path)
    head = ByteSource(source).head(8)
    if head.startswith(NPY_MAGIC):
        raise InputError(
            f"{source} is one array, without labels.",
            hint="Save both: numpy.savez(FILE, y_true=labels, probabilities=p).",
        )
    read = _read_archive if head.startswith(_ARCHIVE_MAGIC) else _read_table
    contents = read(source, label, prediction)
    report = ImportReport(source, "labels", "")
    rows = pa.chunked_array([pa.array([f"row {row + 1}" for row in range(len(contents.labels))], pa.string())])
    labels, class_names = labels_of_cells(contents.labels, rows, report, class_names=contents.class_names)
    file = read_predictions(contents.rest, class_names=class_names)
    told = [*contents.findings, *(finding for finding in report.findings if finding.kind != "converted")]
    return _with_notes(_score(labels, class_names, file), dict.fromkeys([*told, *file.report.findings]))


def _read_table(source: str, label: str | None, prediction: str | None) -> _Contents:
    table = open_table(source)
    names = table.column_names
    label = _column(names, label) if label else _label_column(source, names, prediction)
    if prediction:
        is_nested = pa.types.is_nested(table.schema.field(_column(names, prediction)).type)
        columns = {prediction: "probabilities" if is_nested else "prediction"}
    else:
        columns = {name: name for name in names if name != label}
    return _Contents(table.read([label])[label], SelectedTable(table, columns), findings=table.findings)


def _label_column(source: str, names: Sequence[str], prediction: str | None) -> str:
    others = [name for name in names if name != prediction]
    roles = recognise_roles(others, with_class_columns=prediction is not None)
    found = roles.label or recognise_roles(others, with_class_columns=True).label
    if found is None:
        raise InputError(
            f"No column of {source} is known to hold labels; its columns: {', '.join(names[:12])}.",
            hint="Name it: --label COLUMN (and --prediction COLUMN).",
        )
    return found


def _read_archive(source: str, label: str | None, prediction: str | None) -> _Contents:
    arrays = open_npz(source)
    names = list(arrays)
    flat = [name for name in names if len(arrays[name].shape) == 1]
    label = _column(names, label) if label else named(flat, (*LABEL_NAMES, "labels", "label"))
    if label is None:
        raise InputError(
            f"{source} has no array of labels; its arrays: {', '.join(names) or 'none'}.",
            hint="Call it y_true, or name it: --label ARRAY.",
        )
    of_classes = named(flat, _CLASS_NAMES)
    if prediction:
        wanted = {"predictions": _column(names, prediction)} | ({"class_names": of_classes} if of_classes else {})
    else:
        wanted = {name: name for name in names if name != label}
    return _Contents(
        pa.chunked_array([pa.array(arrays[label].load())]),
        {known_as: arrays[name].load() for known_as, name in wanted.items()},
        tuple(map(str, arrays[of_classes].load().tolist())) if of_classes else (),
    )


def _column(names: Iterable[str], wanted: str) -> str:
    if wanted not in names:
        raise UnknownName("column", wanted, names)
    return wanted


def _score(labels: pa.ChunkedArray, class_names: Sequence[str], file: PredictionFile) -> Evaluation:
    if file.matrix is not None:
        matrix = file.matrix
        probabilities = np.concatenate(list(matrix.chunks()))
        return score(labels, probabilities=probabilities, classes=matrix.class_names, kind=matrix.kind)
    predicted = [name for name in pc.unique(file.predictions).to_pylist() if name is not None]
    return score(labels, file.predictions, classes=_in_order({*class_names, *predicted}, class_names))


def _in_order(names: set[str], known: Sequence[str]) -> list[str]:
    """The known classes in their order, the others after them; classes that are numbers by their value."""
    if all(name.isdecimal() for name in names):
        return sorted(names, key=int)
    return [*known, *sorted(names - set(known))]


def _with_notes(evaluation: Evaluation, findings: Iterable[Finding]) -> Evaluation:
    notes = tuple(finding.sentence for finding in findings if finding.kind not in _UNTOLD)
    return evaluation.model_copy(update={"notes": (*evaluation.notes, *notes)})
