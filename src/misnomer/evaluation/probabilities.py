"""From the rows of a probability matrix to a few numbers per sample. Chunk by chunk: memory is that of the chunk."""

from collections.abc import Mapping

import numpy as np

from misnomer.schema import MatrixKind

# How far the sum of a row of probabilities may be from 1.
SUM_TOLERANCE = 1e-3

# What ``row_columns`` finds wrong with a row, by its number in "problem": kinds of finding of an import report.
ROW_PROBLEMS = ("", "invalid_probability", "sum_not_one")


def to_probabilities(values: np.ndarray, kind: MatrixKind) -> np.ndarray:
    """Probabilities of a chunk, in double precision whatever the file's.

    Logits go through a softmax, log-probabilities through exp. A row of probabilities whose sum is 100 ± 0.1 holds
    percentages and is divided by 100. Nothing is normalised besides.

    Args:
        values: (n, K) numbers.

    Returns:
        (n, K) float64, a new array; rows with NaN or infinite logits come out as NaN.

    >>> to_probabilities(np.array([[0.0, 0.0]]), "logits").tolist()
    [[0.5, 0.5]]
    """
    numbers = np.array(values, np.float64)
    if kind == "log_probabilities":
        return np.exp(numbers, out=numbers)
    if kind == "logits":
        return _softmax(numbers)
    percent = np.abs(numbers.sum(axis=1) - 100) <= 100 * SUM_TOLERANCE
    if percent.any():
        numbers[percent] /= 100
    return numbers


def _softmax(logits: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        logits -= logits.max(axis=1, keepdims=True, initial=-np.inf)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=1, keepdims=True)
    return logits


def row_columns(values: np.ndarray, kind: MatrixKind) -> Mapping[str, np.ndarray]:
    """What a chunk's rows say without the labels.

    Args:
        values: (n, K) numbers, K ≥ 1.

    Returns:
        (n,) arrays: "prediction" int32 column of the highest probability (the first of equals), "confidence" p₁,
        "margin" p₁ − p₂, "prediction_entropy" −Σ p log₂ p in bits, "variance" of p over the classes, "sum_squares"
        Σ p², "valid" bool, "problem" uint8 into ROW_PROBLEMS. An invalid row has prediction −1 and NaN.
    """
    probabilities = to_probabilities(values, kind)
    with np.errstate(invalid="ignore"):
        problem = _problems(probabilities)
    invalid = problem > 0
    probabilities[invalid] = np.nan
    prediction = np.where(invalid, -1, probabilities.argmax(axis=1)).astype(np.int32)
    sum_squares = np.einsum("ij,ij->i", probabilities, probabilities)
    mean = probabilities.mean(axis=1)
    entropy = _entropy(probabilities)
    highest, second = _two_highest(probabilities)
    return {
        "prediction": prediction,
        "confidence": highest,
        "margin": highest - second,
        "prediction_entropy": entropy,
        "variance": np.maximum(sum_squares / probabilities.shape[1] - mean**2, 0),
        "sum_squares": sum_squares,
        "valid": ~invalid,
        "problem": problem,
    }


def _problems(probabilities: np.ndarray) -> np.ndarray:
    totals = probabilities.sum(axis=1)
    invalid = ~np.isfinite(totals) | (probabilities.min(axis=1) < 0)
    astray = np.abs(totals - 1) > SUM_TOLERANCE
    return np.where(invalid, 1, np.where(astray, 2, 0)).astype(np.uint8)


def _entropy(probabilities: np.ndarray) -> np.ndarray:
    logs = np.maximum(probabilities, np.finfo(np.float64).tiny)
    np.log2(logs, out=logs)
    entropy: np.ndarray = np.abs(np.einsum("ij,ij->i", probabilities, logs))
    return entropy


def _two_highest(probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Highest and second highest of each row; overwrites the highest."""
    rows = np.arange(len(probabilities))
    best = probabilities.argmax(axis=1)
    highest = probabilities[rows, best]
    probabilities[rows, best] = 0
    return highest, probabilities.max(axis=1)


def label_columns(values: np.ndarray, kind: MatrixKind, label_columns: np.ndarray) -> Mapping[str, np.ndarray]:
    """What a chunk's rows say about their labels.

    Args:
        values: (n, K) numbers.
        label_columns: (n,) int32 column of each sample's label; −1: the label's class has no column.

    Returns:
        "label_probability" (n,) float64, 0 without a column. "label_rank" (n,) int32: classes ranked above the label,
        those of equal probability and higher index included, as in scikit-learn's ``top_k_accuracy_score``; K without
        a column.
    """
    probabilities = to_probabilities(values, kind)
    has_column = label_columns >= 0
    own = np.take_along_axis(probabilities, np.where(has_column, label_columns, 0)[:, None], axis=1)
    rank = np.count_nonzero(probabilities > own, axis=1)
    equals = np.count_nonzero(probabilities == own, axis=1)
    tied = np.flatnonzero(has_column & (equals > 1))
    later = np.arange(probabilities.shape[1]) > label_columns[tied, None]
    rank[tied] += np.count_nonzero((probabilities[tied] == own[tied]) & later, axis=1)
    return {
        "label_probability": np.where(has_column, own[:, 0], 0.0),
        "label_rank": np.where(has_column, rank, probabilities.shape[1]).astype(np.int32),
    }
