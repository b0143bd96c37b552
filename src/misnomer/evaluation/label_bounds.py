"""What suspected labels mean for the accuracy, and whether there is a reason to distrust the suspicion."""

from collections.abc import Callable

import numpy as np

from misnomer.evaluation.results import Result

_SAMPLES_MIN = 50
_ACCURACY_MIN = 0.995
_CONFIDENCE_MIN = 0.98
_BLOCK = 4096


class AccuracyBounds(Result):
    """Accuracy by the labels as given, and the least and most it can be if every suspected label is wrong."""

    as_labelled: float
    low: float
    high: float


def accuracy_bounds(
    compared_count: int, right_count: int, settled_right_count: int, suspected_wrong_count: int
) -> AccuracyBounds:
    """Bounds of the accuracy over what suspected labels may really be.

    A label that is suspected and undecided is taken to be wrong: a prediction equal to it is then wrong, another one
    may be right or wrong. A label that has been decided on is what the decision says.

    Args:
        compared_count: samples with a label and a prediction, at least one.
        right_count: predicted as labelled.
        settled_right_count: right by the label after the decisions, the suspected and undecided left out.
        suspected_wrong_count: suspected, undecided, and predicted otherwise than labelled.

    >>> accuracy_bounds(4, 2, 1, 1)
    AccuracyBounds(as_labelled=0.5, low=0.25, high=0.5)
    """
    return AccuracyBounds(
        as_labelled=right_count / compared_count,
        low=settled_right_count / compared_count,
        high=(settled_right_count + suspected_wrong_count) / compared_count,
    )


def seems_in_sample(labels: np.ndarray, probabilities: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> bool:
    """Whether a model agrees with the labels as only one that was trained on them does.

    It does if, of at least 50 samples, 99.5% are predicted as labelled and the labels have a mean probability of .98:
    labels are wrong more often than that, and no model is so sure of images it has not seen.

    Args:
        labels: (N,) int; negative: none.
        probabilities: from sample indices to (n, K) probabilities and whether there are any.
    """
    right, count, confidence = 0, 0, 0.0
    labelled = np.flatnonzero(labels >= 0)
    for start in range(0, len(labelled), _BLOCK):
        samples = labelled[start : start + _BLOCK]
        rows, is_known = probabilities(samples)
        rows, own = rows[is_known], labels[samples[is_known]]
        right += int(np.count_nonzero(rows.argmax(axis=1) == own))
        confidence += float(rows[np.arange(len(rows)), own].sum())
        count += len(rows)
    return count >= _SAMPLES_MIN and right >= _ACCURACY_MIN * count and confidence >= _CONFIDENCE_MIN * count
