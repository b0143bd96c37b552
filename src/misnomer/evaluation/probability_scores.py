"""Scores from per-sample columns of the probabilities: log loss, Brier score, top-k accuracy, calibration error."""

from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.calibration import (
    calibration_error,
    calibration_interval,
    equal_mass_bins,
    equal_width_bins,
    reliability_bins,
)
from misnomer.evaluation.intervals import normal_quantile, stratified_mean_variance, wilson_interval
from misnomer.evaluation.results import ReliabilityBin
from misnomer.evaluation.score_set import ScoreSet

VECTOR_SCORES = ("log_loss", "brier_score", "top_k_accuracy")
CALIBRATION_SCORES = ("expected_calibration_error", "expected_calibration_error_equal_mass")


@dataclass(frozen=True)
class ProbabilityColumns:
    """A few numbers of each sample that has a label and a prediction with a confidence.

    ``row_columns`` and ``label_columns`` (``evaluation.probabilities``) compute them from the matrix.

    Attributes:
        label: (n,) int32 class index.
        confidence: (n,) float64 probability of the prediction.
        right: (n,) bool: prediction = label.
        label_probability: (n,) float64; None, with the two that follow, where only the confidence is known.
        label_rank: (n,) int32, 0: the label has the highest probability.
        sum_squares: (n,) float64 Σ p².
        column_count: classes of the probability matrix.
    """

    label: np.ndarray
    confidence: np.ndarray
    right: np.ndarray
    label_probability: np.ndarray | None = None
    label_rank: np.ndarray | None = None
    sum_squares: np.ndarray | None = None
    column_count: int = 0

    def of_classes(self, member: np.ndarray) -> "ProbabilityColumns":
        """The samples whose label is chosen; ``member`` is of ``class_filter.membership``."""
        kept = member[self.label]
        if kept.all():
            return self

        def of(column: np.ndarray | None) -> np.ndarray | None:
            return None if column is None else column[kept]

        return ProbabilityColumns(
            self.label[kept],
            self.confidence[kept],
            self.right[kept],
            of(self.label_probability),
            of(self.label_rank),
            of(self.sum_squares),
            self.column_count,
        )


def probability_scores(
    columns: ProbabilityColumns, *, level: float, top_k: int, bin_count: int, seed: int
) -> tuple[ScoreSet, tuple[ReliabilityBin, ...] | None]:
    """Every score of the columns, and the reliability diagram.

    Log loss clips probabilities to [ε, 1 − ε] of double precision and normalises nothing; the Brier score is Σ over the
    classes of (p − [label])², halved for two classes; both as in scikit-learn.
    """
    scores = ScoreSet()
    if len(columns.label) == 0:
        scores.lack((*VECTOR_SCORES, *CALIBRATION_SCORES), "No sample has both a label and probabilities.")
        return scores, None
    if columns.label_probability is None or columns.label_rank is None or columns.sum_squares is None:
        reason = "Needs the probabilities of all classes; only the prediction's confidence is known."
        scores.lack(VECTOR_SCORES, reason)
    else:
        _add_log_loss(scores, columns.label, columns.label_probability, level)
        squares = columns.sum_squares - 2 * columns.label_probability + 1
        _add_brier_score(scores, columns.label, squares, columns.column_count, level)
        _add_top_k(scores, columns.label_rank, columns.column_count, top_k, level)
    return scores, _add_calibration(scores, columns, level, bin_count, seed)


def _add_log_loss(scores: ScoreSet, labels: np.ndarray, probability: np.ndarray, level: float) -> None:
    epsilon = np.finfo(np.float64).eps
    losses = -np.log(np.clip(probability, epsilon, 1 - epsilon))
    scores.add("log_loss", *_mean(losses, labels, level, high=np.inf))


def _add_brier_score(
    scores: ScoreSet, labels: np.ndarray, squares: np.ndarray, column_count: int, level: float
) -> None:
    factor, high = (0.5, 1.0) if column_count < 3 else (1.0, 2.0)
    scores.add("brier_score", *_mean(factor * squares, labels, level, high))


def _mean(
    values: np.ndarray, labels: np.ndarray, level: float, high: float
) -> tuple[float, tuple[float, float] | None]:
    """Mean over samples with a normal interval, stratified by label; none from a single sample."""
    mean = float(values.mean())
    if len(values) == 1:
        return mean, None
    counts = np.bincount(labels)
    sums = np.bincount(labels, weights=values)
    squares = np.bincount(labels, weights=values * values)
    half_width = normal_quantile(level) * np.sqrt(stratified_mean_variance(counts, sums, squares, mean))
    return mean, (max(0.0, mean - half_width), min(high, mean + half_width))


def _add_top_k(scores: ScoreSet, rank: np.ndarray, column_count: int, top_k: int, level: float) -> None:
    k = min(top_k, column_count - 1)
    if k < 1:
        scores.lack(["top_k_accuracy"], "Needs at least two classes.")
        return
    hits = np.count_nonzero(rank < k)
    low, high = wilson_interval(np.array([hits]), np.array([len(rank)]), level)
    scores.add("top_k_accuracy", hits / len(rank), (low[0], high[0]))
    scores.notes.append(f"Top-k accuracy is with k = {k}.")


def _add_calibration(
    scores: ScoreSet, columns: ProbabilityColumns, level: float, bin_count: int, seed: int
) -> tuple[ReliabilityBin, ...]:
    by_width = equal_width_bins(columns.confidence, columns.right, bin_count)
    by_mass = equal_mass_bins(columns.confidence, columns.right, bin_count)
    for name, bins in zip(CALIBRATION_SCORES, (by_width, by_mass), strict=True):
        error = calibration_error(bins)
        interval, chance = calibration_interval(bins, level, seed)
        scores.add(name, error, interval)
        if error <= chance and name == CALIBRATION_SCORES[0]:
            scores.notes.append(
                f"The calibration error is not distinguishable from that of a perfectly calibrated model: chance "
                f"alone gives up to {chance:.3f} in a set of this size."
            )
    return reliability_bins(by_width, level)
