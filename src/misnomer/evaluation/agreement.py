"""Matthews correlation and Cohen's kappa: agreement of labels and predictions beyond chance."""

import numpy as np

from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.intervals import wilson_interval
from misnomer.evaluation.score_set import ScoreSet
from misnomer.evaluation.variance import lost_freedom_ratio, stratified_variance


def agreement_scores(counts: ConfusionCounts, level: float) -> ScoreSet:
    """Matthews correlation and Cohen's kappa with their intervals.

    A sample without prediction counts as predicted as a class of its own that no label has. Both scores rise with the
    accuracy when the margins are fixed; the interval is the accuracy's Wilson interval times that slope, widened or
    narrowed to the delta-method variance, so that it does not collapse at perfect agreement.

    Source: Gorodkin 2004; Cohen 1960. Equal to scikit-learn's ``matthews_corrcoef`` and ``cohen_kappa_score``.
    """
    scores = ScoreSet()
    _add_matthews(scores, counts, level)
    _add_kappa(scores, counts, level)
    return scores


def _add_matthews(scores: ScoreSet, counts: ConfusionCounts, level: float) -> None:
    total, hits, chance = _margins(counts)
    support, predicted = counts.support.astype(np.float64), counts.predicted.astype(np.float64)
    label_spread = total**2 - support @ support
    prediction_spread = total**2 - predicted @ predicted - float(counts.without_prediction) ** 2
    if label_spread == 0 or prediction_spread == 0:
        same = "labels" if label_spread == 0 else "predictions"
        scores.add("matthews_corrcoef", 0.0, None)
        scores.notes.append(f"Matthews correlation counts as 0, because all {same} are of one class.")
        return
    scale = float(np.sqrt(label_spread * prediction_spread))
    value = (hits * total - chance) / scale
    column_slope = -support / scale + value * predicted / prediction_spread
    interval = _interval(counts, value, total / scale, column_slope, level)
    scores.add("matthews_corrcoef", value, interval)


def _add_kappa(scores: ScoreSet, counts: ConfusionCounts, level: float) -> None:
    total, hits, chance = _margins(counts)
    disagreement = total**2 - chance
    if disagreement == 0:
        scores.lack(["cohen_kappa"], "All labels and predictions are of one class, so that chance agrees fully.")
        return
    value = 1 - (total - hits) * total / disagreement
    column_slope = -(total - hits) * total * counts.support / disagreement**2
    scores.add("cohen_kappa", value, _interval(counts, value, total / disagreement, column_slope, level))


def _margins(counts: ConfusionCounts) -> tuple[float, float, float]:
    """Samples, hits, and total² times the agreement expected by chance."""
    hits = float(counts.true_positives.sum())
    return float(counts.total), hits, float(counts.support.astype(np.float64) @ counts.predicted)


def _interval(
    counts: ConfusionCounts, value: float, hit_slope: float, column_slope: np.ndarray, level: float
) -> tuple[float, float]:
    variance = stratified_variance(counts, np.full(counts.class_count, hit_slope), column_slope)
    variance *= lost_freedom_ratio(counts)
    hits, total = int(counts.true_positives.sum()), counts.total
    slope, accuracy = hit_slope * total, hits / total
    independent = slope**2 * accuracy * (1 - accuracy) / total
    scale = slope * (variance / independent) ** 0.5 if independent > 0 else slope
    low, high = wilson_interval(np.array([hits]), np.array([total]), level)
    below, above = scale * (accuracy - float(low[0])), scale * (float(high[0]) - accuracy)
    return max(-1.0, value - below), min(1.0, value + above)
