"""How far precision and F1 of small classes are off on average, by the second-order delta method.

Which of them is off depends on how the labels came about. If the number of samples of each label was fixed, as in a
balanced test set, precision is too high; if samples were drawn and their labels came as they came, F1 is too low, and
the mean precision weighted by support too high.
"""

import numpy as np

from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.variance import lost_freedom_ratio


def precision_bias(counts: ConfusionCounts, classes: np.ndarray) -> np.ndarray:
    """Second-order bias of each class's precision when the number of samples of each label is fixed.

    True positives t and false positives f are independent, so that to second order (delta method) t/(t + f) exceeds the
    ratio of their expectations by (t·Var f − f·Var t)/m³, where m = t + f. Var is that of the labels' multinomial rows,
    unbiased: n/(n − 1) times the observed one, which is C − C(C − 1)/(n − 1) for a cell of C samples. The numerator is
    then unbiased, the quotient too small by a fraction of about 3/m, which is added: against exact enumeration it is
    0.88 to 1.15 of the bias from 5 samples a label on.

    A label with a single sample has no observed variance: its recall is taken for the set's accuracy, a wrong
    cell of it for a Poisson count.

    Args:
        classes: (n,) indices.

    Returns:
        (n,) float64; 0 for a class predicted less than twice, or always rightly.

    Source: Cochran 1977, §6.8 (bias of a ratio).

    >>> precision_bias(ConfusionCounts.from_matrix(np.array([[3, 1], [1, 3]])), np.array([0, 1])).round(4).tolist()
    [0.0547, 0.0547]
    """
    hits, predicted, support = (
        column[classes].astype(np.float64) for column in (counts.true_positives, counts.predicted, counts.support)
    )
    others = np.maximum(support - 1, 1)
    accuracy = counts.true_positives.sum() / max(counts.total, 1)
    recall = np.where(support > 1, (hits - 1) / others, accuracy)
    excess = hits * ((predicted - hits) * recall - _shared_confusion(counts)[classes])
    m = np.maximum(predicted, 1)
    return np.asarray(excess * (1 + 3 / m) / m**3)


def corrected_variance_ratio(counts: ConfusionCounts, classes: np.ndarray, weights: np.ndarray) -> float:
    """Variance of a weighted mean precision less its bias, relative to the observed one of the mean.

    The estimated bias, about recall·f(1 − f)/m of a precision f, falls as f rises above a half, so that what is left
    varies more than f: by 1 + recall·(2f − 1)/m.

    Args:
        classes, weights: (n,) indices of classes with predictions, and their weights.
    """
    hits, predicted = counts.true_positives[classes], counts.predicted[classes]
    recall = hits / np.maximum(counts.support[classes], 1)
    gain = float(np.sum(weights * recall * (2 * hits / predicted - 1) / predicted)) / float(weights.sum())
    return (1 + max(gain, 0.0)) ** 2 * lost_freedom_ratio(counts)


def _shared_confusion(counts: ConfusionCounts) -> np.ndarray:
    """(K,) Σ C(C − 1)/(n − 1) over the wrong cells of each prediction."""
    cells = np.flatnonzero((counts.counts > 1) & ~counts.is_right & (counts.predictions >= 0))
    of_cell = counts.counts[cells].astype(np.float64)
    shared = of_cell * (of_cell - 1) / (counts.support[counts.labels[cells]] - 1)
    return np.bincount(counts.predictions[cells], weights=shared, minlength=counts.class_count)


def weighted_precision_bias(counts: ConfusionCounts, classes: np.ndarray) -> np.ndarray:
    """Bias of each class's precision in the mean weighted by support: the larger one of the two ways labels come about.

    Drawn at random, a class's support n is chance too and goes with its precision P: n·P is too high by P(1 − P).

    Args:
        classes: (n,) indices.

    Returns:
        (n,) float64; 0 for a class never predicted or never a label.
    """
    support, hits, predicted = counts.support[classes], counts.true_positives[classes], counts.predicted[classes]
    drawn = np.zeros(len(hits))
    np.divide(hits * (predicted - hits), predicted**2.0 * support, out=drawn, where=predicted * support > 0)
    return np.asarray(np.maximum(precision_bias(counts, classes), drawn))


def f1_bias(counts: ConfusionCounts, classes: np.ndarray) -> np.ndarray:
    """Second-order bias of each class's F1 when samples are drawn at random; 0 or less.

    True positives h and errors g (false positives and negatives) are then independent, with variances of about h and g,
    and E[2h/(2h + g)] − 2E[h]/E[2h + g] is −2hg/(2h + g)³.

    Args:
        classes: (n,) indices.

    Returns:
        (n,) float64; 0 for a class that is neither a label nor a prediction.
    """
    hits = counts.true_positives[classes]
    both = (counts.support[classes] + counts.predicted[classes]).astype(np.float64)
    bias = np.zeros(len(hits))
    np.divide(-2.0 * hits * (both - 2 * hits), both**3, out=bias, where=both > 0)
    return bias
