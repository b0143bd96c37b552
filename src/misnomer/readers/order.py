"""Rows without keys: are they in the order of the samples? The labels have to confirm it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import LengthMismatch, UnverifiedOrder
from misnomer.readers.column_order import (
    REQUIRED_P,
    REQUIRED_Z,
    PredictedClasses,
    codes_of,
    confirm_columns,
    paired,
    predicted_classes,
)
from misnomer.readers.predictions import PredictionFile

_KEYS_HINT = "Give the file a column (or array) of keys: the path of the image that each row is of."


def find_ordered_samples(
    file: PredictionFile,
    sample_labels: pa.ChunkedArray,
    sample_splits: pa.ChunkedArray,
    chosen: np.ndarray,
    *,
    split: str | None,
) -> np.ndarray:
    """The samples, in order, of a file without keys.

    They are all samples, or those of the one split with as many, and the labels must confirm them: the file's own
    labels are theirs, or the predictions hit them far more often than rows in any order would. Rows that changed
    places within a class cannot be seen.

    Raises:
        LengthMismatch: neither all samples nor any split are as many as the rows.
        UnverifiedOrder: several splits are, or the labels do not confirm the order.
    """
    samples, name = _as_many(file, sample_splits, chosen, split)
    labels = sample_labels.take(pa.array(samples))
    if labels.null_count == len(labels):
        raise UnverifiedOrder(
            f"{file.report.source} has no keys, and without labels the order of its rows cannot be verified.",
            hint=_KEYS_HINT,
        )
    predicted = predicted_classes(file)
    if file.classes_by_position:
        confirm_columns(predicted, sample_labels, samples, np.arange(file.row_count), source=file.report.source)
    words = _verify_own_labels(file, labels) or _verify_predictions(file, predicted, labels)
    detail = f"rows without keys taken in the order of {name}, which {words} confirm"
    file.report.add("converted", count=1, detail=detail)
    return samples


def _as_many(
    file: PredictionFile, sample_splits: pa.ChunkedArray, chosen: np.ndarray, split: str | None
) -> tuple[np.ndarray, str]:
    count = file.row_count
    if len(chosen) == count:
        return chosen, "the samples" if split is None else f"the split {split!r}"
    sizes = {row["values"]: row["counts"] for row in pc.value_counts(sample_splits.drop_null()).to_pylist()}
    fitting = [name for name, size in sizes.items() if size == count] if split is None else []
    if len(fitting) == 1:
        return np.flatnonzero(pc.fill_null(pc.equal(sample_splits, fitting[0]), False)), f"the split {fitting[0]!r}"
    if fitting:
        raise UnverifiedOrder(
            f"{file.report.source} has no keys, and several splits have {count:,} samples: "
            f"{', '.join(sorted(fitting))}.",
            hint="Say which with --split NAME, or give the file keys.",
        )
    listed = "".join(f", {size:,} in {name!r}" for name, size in sorted(sizes.items())[:8]) if split is None else ""
    where = f" of the split {split!r}" if split else ""
    raise LengthMismatch(
        f"{file.report.source} has {count:,} rows and no keys, but there are {len(chosen):,} samples{where}{listed}.",
        hint=_KEYS_HINT,
    )


def _verify_own_labels(file: PredictionFile, labels: pa.ChunkedArray) -> str:
    """What the file's own labels say; empty where they say nothing.

    Raises:
        UnverifiedOrder: they are others than the samples'.
    """
    if file.labels is None:
        return ""
    names = pc.unique(pa.chunked_array([*labels.chunks, *file.labels.chunks])).drop_null()
    theirs, ours = (codes_of(values, names) for values in (file.labels, labels))
    both = (theirs >= 0) & (ours >= 0)
    agree = int((theirs == ours)[both].sum())
    if agree < 0.9 * both.sum():
        raise UnverifiedOrder(
            f"{file.report.source} has no keys, and its own labels are those of the samples in only "
            f"{agree:,} of {both.sum():,} rows: the rows are in another order.",
            hint=_KEYS_HINT,
        )
    return "its own labels" if _beyond_chance(theirs[both], ours[both]) else ""


def _verify_predictions(file: PredictionFile, predicted_by_row: PredictedClasses, labels: pa.ChunkedArray) -> str:
    _, predicted, codes, _ = paired(predicted_by_row, labels, np.arange(file.row_count))
    count = max(1, len(codes))
    accuracy = (predicted == codes).sum() / count
    chance, _ = _hits_in_any_order(predicted, codes)
    if not _beyond_chance(predicted, codes):
        raise UnverifiedOrder(
            f"{file.report.source} has no keys, and in the order of the samples {accuracy:.1%} of its predictions are "
            f"right, where rows in any order would have {chance / count:.1%}: the order of rows (or of classes) "
            "cannot be verified.",
            hint=_KEYS_HINT,
        )
    return f"the labels (top-1 accuracy {accuracy:.1%}, {chance / count:.1%} in any order)"


def _beyond_chance(predicted: np.ndarray, labels: np.ndarray) -> bool:
    """Whether there are clearly more hits than rows in any order would have."""
    from scipy.special import bdtrc

    count, hits = len(labels), int((predicted == labels).sum())
    mean, variance = _hits_in_any_order(predicted, labels)
    if count < 2 or hits <= mean:
        return False
    surely = variance > 0 and (hits - mean) / np.sqrt(variance) > REQUIRED_Z
    return bool(surely or bdtrc(hits - 1, count, mean / count) < REQUIRED_P)


def _hits_in_any_order(predicted: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Mean and variance of the number of hits over all orders of the rows.

    Source: Hoeffding 1951, "A combinatorial central limit theorem", for the 0/1 matrix [labels = predictions].
    """
    count = len(labels)
    size = int(max(predicted.max(initial=-1), labels.max(initial=-1))) + 1
    a = np.bincount(labels[labels >= 0], minlength=size).astype(np.float64)
    b = np.bincount(predicted[predicted >= 0], minlength=size).astype(np.float64)
    pairs = (a * b).sum()
    if count < 2:
        return float(pairs), 0.0
    spread = pairs - (a * b * b).sum() / count - (a * a * b).sum() / count + (pairs / count) ** 2
    return float(pairs / count), float(spread / (count - 1))
