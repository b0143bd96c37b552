"""Correlation of a metric with the model being right: Spearman and Pearson, with p-values."""

import math
from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.ordered_metric import OrderedMetric


@dataclass(frozen=True)
class Correlation:
    """Spearman's and Pearson's coefficient, positive when larger values are more often right, with p-values."""

    spearman: float
    pearson: float
    spearman_p_value: float
    pearson_p_value: float


def correlate(metric: OrderedMetric, right: np.ndarray) -> Correlation | None:
    """Correlation of the known values with the outcome.

    Args:
        metric: the values in order.
        right: (n,) bool, the outcome in the same order.

    Returns:
        None for fewer than three values, a constant metric or a constant outcome.

    Source: equal to SciPy's ``spearmanr`` (equal values share their mean rank) and ``pearsonr`` in tests/reference.
    """
    count = len(metric.values)
    if count < 3 or len(metric.run_starts) < 2 or right.all() or not right.any():
        return None
    lengths = metric.run_lengths
    mean_ranks = metric.run_starts + (lengths + 1) / 2
    outcome = right.astype(np.float64)
    spearman = _coefficient(np.repeat(mean_ranks, lengths), outcome)
    pearson = _coefficient(metric.values, outcome)
    return Correlation(spearman, pearson, _p_value(spearman, count), _p_value(pearson, count))


def adjusted_p_values(p_values: np.ndarray) -> np.ndarray:
    """Benjamini–Hochberg: the smallest false discovery rate at which each one would be found.

    Args:
        p_values: (M,) in [0, 1].

    Source: Benjamini & Hochberg 1995; equal to SciPy's ``false_discovery_control`` in tests/reference.

    >>> adjusted_p_values(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p_values)[::-1]
    ranks = np.arange(len(p_values), 0, -1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum.accumulate(p_values[order] * len(p_values) / ranks)
    return np.minimum(adjusted, 1)


def _coefficient(values: np.ndarray, outcome: np.ndarray) -> float:
    centred = values - values.mean()
    scale = np.abs(centred).max()
    if scale == 0:
        return 0.0
    centred /= scale  # squares of very large values would overflow
    fraction = outcome.mean()
    # Not ``@``: BLAS would start threads of its own for a sum that takes a millisecond.
    spread = np.sqrt(np.square(centred).sum() * fraction * (1 - fraction) * len(values))
    # Rounded because 1 − 1e-16 is 1, which its p-value would show.
    coefficient = round(float((centred * outcome).sum() / spread), 15)
    return min(max(coefficient, -1.0), 1.0)


def _p_value(coefficient: float, count: int) -> float:
    """Two-sided p-value of Student's t with count − 2 degrees of freedom."""
    from scipy.special import stdtr

    unexplained = (1 - coefficient) * (1 + coefficient)
    if unexplained == 0:
        return 0.0
    return float(2 * stdtr(count - 2, -abs(coefficient) * math.sqrt((count - 2) / unexplained)))
