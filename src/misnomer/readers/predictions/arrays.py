"""Predictions in arrays: .npy, .npz, tensors, or arrays given from Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from misnomer.errors import InputError, InvalidProbabilities, LengthMismatch, UnreadableSource
from misnomer.readers.columns import KEY_NAMES, PATH_NAMES, named
from misnomer.readers.predictions.class_columns import positional_names, report_unknown_columns
from misnomer.readers.predictions.class_names import ClassNames, read_class_names
from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.kind import spread_rows
from misnomer.readers.predictions.matrix import recognised_matrix
from misnomer.readers.predictions.named import read_classes, read_confidence
from misnomer.readers.predictions.npy import PICKLE_HINT
from misnomer.readers.predictions.roles import CONFIDENCE_NAMES, LABEL_NAMES, PREDICTION_NAMES
from misnomer.readers.predictions.sources import ArraySource, MemoryArray
from misnomer.readers.report import ImportReport

Arrays = Mapping[str, ArraySource]

_MATRIX_NAMES = (
    *(
        "probabilities",
        "probs",
        "prob",
        "pred_probs",
        "predict_proba",
        "y_proba",
        "y_prob",
        "y_score",
        "proba",
        "softmax",
    ),
    *(
        "log_probs",
        "log_probabilities",
        "logits",
        "logit",
        "scores",
        "outputs",
        "output",
        "predictions",
        "preds",
        "y_pred",
    ),
)
_CLASS_NAMES = ("class_names", "classes", "label_names", "classes_", "class_labels", "target_names")
_LABEL_NAMES = (*LABEL_NAMES, "labels", "label")
_NAMES_HINT = (
    "Call the (N, K) array 'probabilities' or 'logits' (or the N classes 'predictions'), the N file names 'keys' and "
    "the K names 'class_names'."
)


@dataclass(frozen=True)
class _Parts:
    """The arrays by what they are."""

    matrix: str | None
    predictions: str | None
    confidence: str | None
    keys: str | None
    labels: str | None
    class_names: str | None

    @property
    def used(self) -> set[str | None]:
        return set(self.__dict__.values())


def read_array_predictions(arrays: Arrays, classes: ClassNames, report: ImportReport) -> PredictionFile:
    """The predictions in named arrays, recognised by names and shapes.

    Raises:
        InputError: no array is one of predictions, or several could be.
        LengthMismatch: the arrays do not fit together, or the columns not the classes.
        InvalidProbabilities: the numbers are of no kind.
    """
    parts = _recognise(arrays, report)
    if parts.class_names and not classes.stated:
        names = read_class_names([str(name) for name in _texts(arrays[parts.class_names])])
        classes = ClassNames(classes.known, names, stated=True)
    elif parts.class_names:
        report.add("ignored_column", [parts.class_names], detail="the classes file names the columns")
    keys = _texts(arrays[parts.keys]) if parts.keys else None
    row_count = arrays[parts.matrix or parts.predictions or ""].shape[0]
    _require_lengths(arrays, parts, row_count)
    report.add("ignored_column", [name for name in arrays if name not in parts.used])
    report.format += f": {_words(arrays, parts)}"
    if parts.matrix:
        file = _matrix_file(arrays[parts.matrix], classes, report)
    else:
        file = _class_file(arrays, parts, keys, classes, report)
    labels = _own_labels(arrays, parts, classes, report)
    return replace(file, keys=keys, labels=labels)


def _recognise(arrays: Arrays, report: ImportReport) -> _Parts:
    def first(names: Iterable[str], dimensions: int, kinds: str = "fiubUS") -> str | None:
        fitting = [name for name in arrays if _is(arrays[name], dimensions, kinds)]
        return named(fitting, tuple(names))

    matrices = [name for name in arrays if _is(arrays[name], 2, "fiub")]
    matrix = first(_MATRIX_NAMES, 2, "fiub") or (matrices[0] if len(matrices) == 1 else None)
    if matrix is None and len(matrices) > 1:
        raise InputError(
            f"{report.source} has several matrices ({_shapes(arrays, matrices)}), none of a known name.",
            hint=_NAMES_HINT,
        )
    keys = first(("key", *PATH_NAMES, *KEY_NAMES), 1)
    labels = first(_LABEL_NAMES, 1)
    confidence = first(CONFIDENCE_NAMES, 1, "f")
    class_names = first(_CLASS_NAMES, 1, "USiu")
    flat = [n for n in arrays if _is(arrays[n], 1, "iufUSb") and n not in (keys, labels, confidence, class_names)]
    predictions = first((*PREDICTION_NAMES, "index", "indices"), 1) or (flat[0] if len(flat) == 1 else None)
    if matrix is None and predictions is None:
        raise InputError(f"{report.source} has no array of predictions ({_shapes(arrays, arrays)}).", hint=_NAMES_HINT)
    if matrix is not None:
        predictions = confidence = None
    return _Parts(matrix, predictions, confidence, keys, labels, class_names)


def _matrix_file(source: ArraySource, classes: ClassNames, report: ImportReport) -> PredictionFile:
    if not source.shape[0]:
        raise UnreadableSource(f"{report.source} has no rows.", hint="Check that predictions were written to it.")
    names = positional_names(source.shape[1], classes, report)
    report_unknown_columns(names, classes, report)
    by_position = not classes.stated
    matrix = recognised_matrix(source, spread_rows(source), names, report, by_position=by_position)
    return PredictionFile(None, source.shape[0], report, matrix=matrix, classes_by_position=by_position)


def _class_file(
    arrays: Arrays, parts: _Parts, keys: pa.ChunkedArray | None, classes: ClassNames, report: ImportReport
) -> PredictionFile:
    source = arrays[parts.predictions or ""]
    cells = _texts(source)
    if source.dtype.kind == "f" and _has_fractions(source):
        raise InvalidProbabilities(
            f"{report.source}: one number a row ({source.description}) that is no class index.",
            hint="Give a column for every class, (N, K); for two classes the columns 1 − p and p.",
        )
    predictions, by_index = read_classes(cells, classes, report)
    confidence = None
    if parts.confidence:
        values = pa.chunked_array([pa.array(arrays[parts.confidence].load().astype(np.float64))])
        confidence = read_confidence(values, keys, report)
    return PredictionFile(
        keys,
        source.shape[0],
        report,
        predictions=predictions,
        confidence=confidence,
        classes_by_position=by_index and not classes.stated,
    )


def _has_fractions(source: ArraySource) -> bool:
    values = source.load()
    finite = values[np.isfinite(values)]
    return bool((finite != np.floor(finite)).any())


def _own_labels(arrays: Arrays, parts: _Parts, classes: ClassNames, report: ImportReport) -> pa.ChunkedArray | None:
    if parts.labels is None:
        return None
    cells = _texts(arrays[parts.labels])
    detail = f"array {parts.labels!r}; add-labels reads them"
    report.add("ignored_label", (parts.labels,), count=len(cells) - cells.null_count, detail=detail)
    return read_classes(cells, classes, ImportReport("", "", ""))[0]


def _require_lengths(arrays: Arrays, parts: _Parts, row_count: int) -> None:
    beside = (parts.predictions, parts.confidence, parts.keys, parts.labels)
    different = [name for name in beside if name and arrays[name].shape[0] != row_count]
    if different:
        raise LengthMismatch(
            f"{row_count:,} predictions, but {arrays[different[0]].shape[0]:,} values in {different[0]!r}.",
            hint="All arrays need one entry for each prediction, in the same order.",
        )


def _texts(source: ArraySource) -> pa.ChunkedArray:
    """A 1-D array as strings; whole numbers without a decimal point, NaN and empty text as null."""
    values = source.load()
    if values.dtype.kind == "S":
        values = np.char.decode(values, "utf-8", "replace")
    if values.dtype.kind == "f":
        finite = np.isfinite(values)
        whole = np.where(finite, values, 0).astype(np.int64)
        return pa.chunked_array([pa.array(whole, mask=~finite).cast(pa.string())])
    texts = pa.array(values if values.dtype.kind == "U" else values.astype(np.int64))
    texts = texts.cast(pa.string())
    return pa.chunked_array([pa.compute.if_else(pa.compute.equal(texts, ""), None, texts)])


def _is(source: ArraySource, dimensions: int, kinds: str) -> bool:
    return len(source.shape) == dimensions and source.dtype.kind in kinds


def _words(arrays: Arrays, parts: _Parts) -> str:
    main = parts.matrix or parts.predictions or ""
    words = [f"{'a column per class' if parts.matrix else 'one class a row'} ({arrays[main].description})"]
    words += [f"keys in {parts.keys!r}"] if parts.keys else ["rows in order"]
    return ", ".join(words)


def _shapes(arrays: Arrays, names: Iterable[str]) -> str:
    return ", ".join(f"{name}: {arrays[name].description}" for name in names)


def in_memory(values: Mapping[str, Any], source: str) -> dict[str, MemoryArray]:
    """Arrays given from Python; lists, data frame columns and Arrow arrays too.

    Raises:
        InputError: something that is no array of numbers or names.
    """
    return {str(name): MemoryArray(_as_array(name, part, source)) for name, part in values.items() if part is not None}


def _as_array(name: str, values: Any, source: str) -> np.ndarray:
    array = np.asarray(values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values)
    if array.dtype.kind == "O" and array.ndim == 1 and all(isinstance(v, str) or v is None for v in array):
        array = np.array([v or "" for v in array], dtype=str)
    if array.dtype.kind not in "fiubUS":
        raise InputError(f"{name!r} of {source} is no plain array of numbers or names.", hint=PICKLE_HINT)
    return array
