"""Delta-method variance of a statistic of the confusion counts."""

import numpy as np

from misnomer.evaluation.counts import ConfusionCounts


def stratified_variance(counts: ConfusionCounts, diagonal_slope: np.ndarray, column_slope: np.ndarray) -> float:
    """Variance of a statistic when the number of samples of each label is fixed: what a stratified bootstrap gives.

    With slope g = column_slope[prediction] + [right]·diagonal_slope[label] of a sample's cell, the variance is the sum
    over labels of Σ g² − (Σ g)²/n. Only one pass over the cells, for Σ g by label.

    Args:
        diagonal_slope: (K,) ∂statistic/∂true positives of each class.
        column_slope: (K,) ∂statistic/∂predictions of each class; a sample without prediction adds 0.
    """
    hits, predicted, support = counts.true_positives, counts.predicted, counts.support
    squares = np.sum(predicted * column_slope**2)
    squares += np.sum(hits * diagonal_slope * (diagonal_slope + 2 * column_slope))
    labels = counts.labels[counts.label_starts]
    sums = hits[labels] * diagonal_slope[labels]
    if column_slope.any():
        sums += counts.sum_by_label(column_slope)
    return max(0.0, float(squares - np.sum(sums**2 / support[labels])))


def lost_freedom_ratio(counts: ConfusionCounts) -> float:
    """Samples over degrees of freedom, N/(N − labels): the observed variance within labels lacks it; at most 2.

    >>> lost_freedom_ratio(ConfusionCounts.from_matrix(np.diag([5, 5])))
    1.25
    """
    return counts.total / max(counts.total - len(counts.label_starts), counts.total / 2)
