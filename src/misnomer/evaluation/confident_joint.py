"""How many samples bear label i and are of class j: counted where the probabilities are confident, then calibrated."""

import numpy as np

_TINY = 1e-100


def calibrated_joint(confident_counts: np.ndarray, label_counts: np.ndarray) -> np.ndarray:
    """Counts of all samples by [label, class], from the counts of the confident ones.

    Args:
        confident_counts: (K, K) int64, confident samples by [label, class].
        label_counts: (K,) int64, samples of each label.

    Returns:
        (K, K) int64; its row sums are ``label_counts``.

    Source: Northcutt, Jiang & Chuang 2021, section 3.1; equal to cleanlab's ``calibrate_confident_joint``.
    """
    counts = np.array(confident_counts, order="F")  # cleanlab's layout: the order of summing decides rounding ties
    np.fill_diagonal(counts, np.maximum(np.diag(counts), 1))
    shares = (counts.T / np.maximum(counts.sum(axis=1), _TINY) * label_counts).T
    return _round_rows(shares / max(shares.sum(), _TINY) * label_counts.sum())


def prune_counts(joint: np.ndarray) -> np.ndarray:
    """How many samples of each label to suspect of being of each other class, so that a sample of each label is left.

    Args:
        joint: (K, K) int64 of ``calibrated_joint``.

    Returns:
        (K, K) int64 by [label, class]; the diagonal is what is left.

    Source: cleanlab's ``find_label_issues`` with ``min_examples_per_class=1``.
    """
    kept = np.maximum(np.diag(joint), 1)
    added = kept - np.diag(joint)
    other_count = np.maximum(np.count_nonzero(joint, axis=1) - 1.0, 1.0)
    counts = np.maximum(joint - (added / other_count)[:, None], 0)
    np.fill_diagonal(counts, kept)
    whole: np.ndarray = counts.astype(np.int64)
    return whole


def _round_rows(values: np.ndarray) -> np.ndarray:
    """Whole numbers with the rows' sums: those nearest to the next whole number are rounded the other way."""
    rounded = values.round()
    for row, (exact, whole) in enumerate(zip(values, rounded, strict=True)):
        lacking = round(float(exact.sum().round() - whole.sum()))
        while lacking:
            step = 1 if lacking > 0 else -1
            nearest = np.argsort(exact - whole)[::-step][: abs(lacking)]
            whole[nearest] += step
            lacking -= step * len(nearest)
        rounded[row] = whole
    return rounded.astype(np.int64)
