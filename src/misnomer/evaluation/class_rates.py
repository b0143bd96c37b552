"""Precision, recall and F1 of each class, with their intervals and slopes: what every mean is made of."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.intervals import wilson_interval

Rate = Literal["precision", "recall", "f1"]
RATES: tuple[Rate, ...] = ("precision", "recall", "f1")


@dataclass(frozen=True)
class RateByClass:
    """One rate of each class of a list.

    Attributes:
        values: (n,) float64; NaN where undefined.
        intervals: (low, high), each (n,).
        variances: (n,) those behind the intervals.
        diagonal_slope, column_slope: (n,) ∂rate/∂true positives and ∂rate/∂predictions, the support being fixed.
    """

    values: np.ndarray
    intervals: tuple[np.ndarray, np.ndarray]
    variances: np.ndarray
    diagonal_slope: np.ndarray
    column_slope: np.ndarray


def rate_by_class(rate: Rate, counts: ConfusionCounts, classes: np.ndarray, level: float) -> RateByClass:
    """A rate of each of ``classes`` (indices), from its whole row and column.

    Precision is NaN for a class never predicted, recall for one never labelled. Equal to scikit-learn's
    ``precision_recall_fscore_support``.
    """
    hits = counts.true_positives[classes]
    support, predicted = counts.support[classes], counts.predicted[classes]
    if rate == "recall":
        return _recall(hits, support, level)
    if rate == "precision":
        return _precision(hits, predicted, level)
    return _f1(hits, support, predicted, level)


def _recall(hits: np.ndarray, support: np.ndarray, level: float) -> RateByClass:
    values, intervals, variances = _proportion(hits, support, level)
    slope = _divide(np.ones_like(values), support)
    return RateByClass(values, intervals, variances, slope, np.zeros_like(values))


def _precision(hits: np.ndarray, predicted: np.ndarray, level: float) -> RateByClass:
    values, intervals, variances = _proportion(hits, predicted, level)
    slope = _divide(np.ones_like(values), predicted)
    return RateByClass(values, intervals, variances, slope, -values * slope)


def _f1(hits: np.ndarray, support: np.ndarray, predicted: np.ndarray, level: float) -> RateByClass:
    """F1 = 2J/(1 + J) rises with J = tp/(tp + fp + fn), a proportion: its interval is J's, carried over."""
    overlap, (low, high), overlap_variances = _proportion(hits, support + predicted - hits, level)
    values = _divide(2.0 * hits, support + predicted)
    slope = _divide(np.full_like(values, 2.0), support + predicted)
    variances = (2 / (1 + overlap) ** 2) ** 2 * overlap_variances
    intervals = (2 * low / (1 + low), 2 * high / (1 + high))
    return RateByClass(values, intervals, variances, slope, -values * slope / 2)


def _proportion(
    hits: np.ndarray, trials: np.ndarray, level: float
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray], np.ndarray]:
    values = _divide(hits, trials)
    return values, wilson_interval(hits, trials, level), _divide(values * (1 - values), trials)


def _divide(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    quotient = np.full(len(denominator), np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator > 0)
    return quotient
