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
    """One rate of each class of a list. Behind it stands a proportion, hits of trials.

    The proportion of precision and recall is the rate itself. That of F1 is the overlap J = tp/(tp + fp + fn), with
    F1 = 2J/(1 + J).

    Attributes:
        values: (n,) float64; NaN where undefined.
        intervals: (low, high), each (n,): Wilson's of the proportion, for F1 carried over.
        hits, trials: (n,) int64.
        diagonal_slope, column_slope: (n,) ∂rate/∂true positives and ∂rate/∂predictions, the support being fixed.
        is_f1, is_precision: which rate it is.
    """

    values: np.ndarray
    intervals: tuple[np.ndarray, np.ndarray]
    hits: np.ndarray
    trials: np.ndarray
    diagonal_slope: np.ndarray
    column_slope: np.ndarray
    is_f1: bool = False
    is_precision: bool = False

    @property
    def variances(self) -> np.ndarray:
        """(n,) variance of each class's rate by itself."""
        return self._variances(_divide(self.hits, self.trials))

    def shrunk_variances(self, mean: float) -> np.ndarray:
        """(n,) the same with one pseudo-observation at the classes' mean rate, unbiased where the classes are alike.

        A class of one sample has an observed spread of 0, whatever its rate: a mean over many small classes would
        seem far too certain.
        """
        pooled = mean / (2 - mean) if self.is_f1 else mean
        proportion = (self.hits + pooled) / (self.trials + 1)
        return np.asarray(self._variances(proportion) * (self.trials + 1) / self.trials)

    def _variances(self, proportion: np.ndarray) -> np.ndarray:
        slope = 2 / (1 + proportion) ** 2 if self.is_f1 else 1.0
        return _divide(slope**2 * proportion * (1 - proportion), self.trials)

    def of(self, kept: np.ndarray) -> "RateByClass":
        """Of some of the classes."""
        low, high = self.intervals
        return RateByClass(
            self.values[kept],
            (low[kept], high[kept]),
            self.hits[kept],
            self.trials[kept],
            self.diagonal_slope[kept],
            self.column_slope[kept],
            self.is_f1,
            self.is_precision,
        )


def rate_by_class(rate: Rate, counts: ConfusionCounts, classes: np.ndarray, level: float) -> RateByClass:
    """A rate of each of ``classes`` (indices), from its whole row and column.

    Precision is NaN for a class never predicted, recall for one never labelled. Equal to scikit-learn's
    ``precision_recall_fscore_support``.
    """
    hits = counts.true_positives[classes]
    support, predicted = counts.support[classes], counts.predicted[classes]
    if rate == "recall":
        return _proportion(hits, support, 0.0, level)
    if rate == "precision":
        return _proportion(hits, predicted, 1.0, level)
    return _f1(hits, support, predicted, level)


def _proportion(hits: np.ndarray, trials: np.ndarray, trials_per_prediction: float, level: float) -> RateByClass:
    values = _divide(hits, trials)
    slope = _divide(np.ones(len(trials)), trials)
    column_slope = -trials_per_prediction * values * slope
    return RateByClass(
        values,
        wilson_interval(hits, trials, level),
        hits,
        trials,
        slope,
        column_slope,
        is_precision=trials_per_prediction > 0,
    )


def _f1(hits: np.ndarray, support: np.ndarray, predicted: np.ndarray, level: float) -> RateByClass:
    union = support + predicted - hits
    low, high = wilson_interval(hits, union, level)
    values = _divide(2.0 * hits, support + predicted)
    slope = _divide(np.full(len(hits), 2.0), support + predicted)
    intervals = (2 * low / (1 + low), 2 * high / (1 + high))
    return RateByClass(values, intervals, hits, union, slope, -values * slope / 2, is_f1=True)


def _divide(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    quotient = np.full(len(denominator), np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator > 0)
    return quotient
