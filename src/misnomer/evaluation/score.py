"""``misnomer.score``: every score of two sequences, or of labels and a matrix of probabilities; no project needed."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from misnomer.errors import InputError, LengthMismatch
from misnomer.evaluation.class_filter import membership, selected_indices
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.encoding import EncodedClasses, encode_classes
from misnomer.evaluation.evaluate import Coverage, coverage_of, evaluate_counts
from misnomer.evaluation.matrix import MatrixRows, as_matrix, column_classes, read_rows
from misnomer.evaluation.results import Evaluation
from misnomer.schema import MatrixKind, MissingPolicy


def score(
    labels: Any,
    predictions: Any = None,
    *,
    probabilities: Any = None,
    classes: Sequence[Any] | None = None,
    selected: Sequence[str] | None = None,
    missing: MissingPolicy = "exclude",
    kind: MatrixKind = "probabilities",
    level: float | None = None,
) -> Evaluation:
    """Every score of a classifier's predictions.

    Args:
        labels: N classes, text or whole numbers: array, list, pandas Series, Arrow array. None or NaN: unlabelled, in
            no score.
        predictions: N classes in the same terms; None or NaN: no prediction. Not given: the class of the highest
            probability.
        probabilities: (N, K) numbers, columns in the order of ``classes``, or, without it, of the sorted labels.
        classes: the K classes in order. Whole numbers among labels and predictions are then indices into it, unless
            ``classes`` are whole numbers themselves.
        selected: the class filter: names of the classes to look at; None: all.
        missing: what a sample without prediction counts as: left out ("exclude"), "wrong", or an "error".
        kind: what ``probabilities`` are.
        level: coverage of the intervals; None: the setting ``confidence_level``.

    Raises:
        LengthMismatch: the inputs differ in length.
        InvalidProbabilities: rows that are not what ``kind`` says.
        UnknownName: a class that is not among ``classes``.
        InputError: values that cannot be classes; a prediction is missing under ``missing="error"``.

    >>> score(["cat", "dog", "dog"], ["cat", "dog", "cat"]).accuracy.value
    0.6666666666666666
    """
    if probabilities is None:
        if predictions is None:
            raise InputError("Neither predictions nor probabilities.", hint="Give at least one of them.")
        encoded = encode_classes({"labels": labels, "predictions": predictions}, classes)
        return _evaluate(encoded, None, selected, missing, level)
    matrix = as_matrix(probabilities)
    classes = column_classes(labels, classes, matrix.shape[1])
    rows = read_rows(matrix, kind)
    encoded = _encode_with_rows(labels, predictions, rows, classes)
    return _evaluate(encoded, rows, selected, missing, level)


def _encode_with_rows(labels: Any, predictions: Any, rows: MatrixRows, classes: Sequence[Any]) -> EncodedClasses:
    if predictions is not None:
        return encode_classes({"labels": labels, "predictions": predictions}, classes)
    encoded = encode_classes({"labels": labels}, classes)
    return EncodedClasses((encoded.codes[0], rows.by_row["prediction"]), encoded.class_names)


def _evaluate(
    encoded: EncodedClasses,
    rows: MatrixRows | None,
    selected: Sequence[str] | None,
    missing: MissingPolicy,
    level: float | None,
) -> Evaluation:
    labels, predictions = encoded.codes
    _check_lengths(labels, predictions, rows)
    count = ConfusionCounts.from_valid_arrays if encoded.complete else ConfusionCounts.from_arrays
    counts = count(labels, predictions, len(encoded.class_names))
    member = membership(selected_indices(selected, encoded.class_names), counts.class_count)
    return evaluate_counts(
        counts,
        encoded.class_names,
        selected=selected,
        coverage=_coverage(counts, labels, predictions, member),
        missing_policy=missing,
        probabilities=rows.columns(labels) if rows else None,
        blocks=rows.blocks(labels) if rows else None,
        level=level,
    )


def _check_lengths(labels: np.ndarray, predictions: np.ndarray, rows: MatrixRows | None) -> None:
    lengths = {"rows of probabilities": len(rows.matrix)} if rows else {}
    lengths["predictions"] = len(predictions)
    for word, length in lengths.items():
        if length != len(labels):
            raise LengthMismatch(
                f"{len(labels):,} labels but {length:,} {word}.",
                hint="Check that they come from the same samples, in the same order.",
            )


def _coverage(counts: ConfusionCounts, labels: np.ndarray, predictions: np.ndarray, member: np.ndarray) -> Coverage:
    """Coverage of the samples shown, those without label included."""
    labelled = coverage_of(counts, member)
    if counts.total == len(labels):
        return labelled
    unlabelled = predictions[labels < 0]
    predicted = int(np.count_nonzero(member[unlabelled]))
    shown = len(unlabelled) if member[:-1].all() else predicted
    return Coverage(labelled.sample_count + shown, labelled.labelled_count, labelled.predicted_count + predicted)
