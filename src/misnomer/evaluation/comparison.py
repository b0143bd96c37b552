"""Two models on the same samples: where they differ, and whether by more than chance."""

from collections.abc import Sequence

import numpy as np

from misnomer.evaluation.class_filter import membership, selected_indices
from misnomer.evaluation.correlation import adjusted_p_values
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.intervals import interval_level, wilson_interval
from misnomer.evaluation.paired import mcnemar_p_value, paired_difference_interval
from misnomer.evaluation.results import Estimate, Result, Rows
from misnomer.evaluation.scores import scores_from_counts


class ScorePair(Result):
    """One score of both models on the same samples."""

    a: Estimate
    b: Estimate


class ClassComparison(Result):
    """Recall of one class by both models; ``difference`` is a's minus b's, ``p_value`` McNemar's, adjusted by
    Benjamini and Hochberg over the classes."""

    name: str
    support: int
    only_a_right: int
    only_b_right: int
    recall_a: Estimate
    recall_b: Estimate
    difference: Estimate
    p_value: float


class Comparison(Result):
    """Two models on the same samples: those with a label and a prediction of each.

    Attributes:
        a, b: names of the models.
        sample_count: samples compared; ``left_out_count`` more have a label but lack a prediction of one of the models.
        scores: of both on these samples, under the class filter.
        difference: accuracy of a minus that of b, with Tango's interval for paired rates; None without samples.
        p_value: McNemar's, exact: how likely a difference as large is when both are equally good.
        both_right, only_a_right, only_b_right, both_wrong: samples; under a class filter those with label ∈ S.
        classes: largest difference first.
    """

    a: str
    b: str
    sample_count: int
    left_out_count: int
    scores: dict[str, ScorePair]
    difference: Estimate | None
    p_value: float | None
    both_right: int
    only_a_right: int
    only_b_right: int
    both_wrong: int
    classes: Rows[ClassComparison]
    sentence: str


def compare(
    labels: np.ndarray,
    predictions_a: np.ndarray,
    predictions_b: np.ndarray,
    class_names: Sequence[str],
    *,
    names: tuple[str, str],
    left_out_count: int = 0,
    selected: Sequence[str] | None = None,
    level: float | None = None,
) -> Comparison:
    """Compare two models sample by sample.

    Args:
        labels: (N,) class indices.
        predictions_a, predictions_b: (N,) class indices; −1: no prediction, counted as wrong.
        class_names: names of the K classes in index order.
        names: of the two models.
        left_out_count: labelled samples that are not among the N for want of a prediction.
        selected: the class filter; None: all classes.
        level: coverage of the intervals; None: the setting ``confidence_level``.
    """
    level = interval_level(level)
    chosen = selected_indices(selected, class_names)
    counted = membership(chosen, len(class_names))[labels]
    right_a, right_b = (labels == predictions_a)[counted], (labels == predictions_b)[counted]
    scores = [
        scores_from_counts(
            ConfusionCounts.from_arrays(labels, predictions, len(class_names)), class_names, chosen, level
        ).scores
        for predictions in (predictions_a, predictions_b)
    ]
    counts = {
        "both_right": int(np.count_nonzero(right_a & right_b)),
        "only_a_right": int(np.count_nonzero(right_a & ~right_b)),
        "only_b_right": int(np.count_nonzero(right_b & ~right_a)),
        "both_wrong": int(np.count_nonzero(~right_a & ~right_b)),
    }
    difference, p_value = _difference(counts["only_a_right"], counts["only_b_right"], len(right_a), level)
    return Comparison(
        a=names[0],
        b=names[1],
        sample_count=len(right_a),
        left_out_count=left_out_count,
        scores={name: ScorePair(a=scores[0][name], b=scores[1][name]) for name in scores[0] if name in scores[1]},
        difference=difference,
        p_value=p_value,
        **counts,
        classes=_classes(labels[counted], right_a, right_b, class_names, level),
        sentence=_sentence(names, difference, p_value, 1 - level),
    )


def _difference(only_a: int, only_b: int, count: int, level: float) -> tuple[Estimate | None, float | None]:
    if count == 0:
        return None, None
    low, high = paired_difference_interval(np.array([only_a]), np.array([only_b]), np.array([count]), level)
    estimate = Estimate(value=(only_a - only_b) / count, interval=(float(low[0]), float(high[0])))
    return estimate, float(mcnemar_p_value(np.array([only_a]), np.array([only_b]))[0])


def _classes(
    labels: np.ndarray, right_a: np.ndarray, right_b: np.ndarray, class_names: Sequence[str], level: float
) -> Rows[ClassComparison]:
    def by_class(flags: np.ndarray) -> np.ndarray:
        return np.bincount(labels[flags], minlength=len(class_names))[occurring]

    support = np.bincount(labels, minlength=len(class_names))
    occurring = np.flatnonzero(support)
    support = support[occurring]
    only_a, only_b, hits_a, hits_b = map(by_class, (right_a & ~right_b, right_b & ~right_a, right_a, right_b))
    differences = (only_a - only_b) / support
    p_values = adjusted_p_values(mcnemar_p_value(only_a, only_b))
    recalls_a, recalls_b, bounds = (
        _estimates(hits_a / support, wilson_interval(hits_a, support, level)),
        _estimates(hits_b / support, wilson_interval(hits_b, support, level)),
        _estimates(differences, paired_difference_interval(only_a, only_b, support, level)),
    )
    order = np.lexsort((-support, -np.abs(differences)))
    return Rows(
        ClassComparison(
            name=class_names[occurring[row]],
            support=int(support[row]),
            only_a_right=int(only_a[row]),
            only_b_right=int(only_b[row]),
            recall_a=recalls_a[row],
            recall_b=recalls_b[row],
            difference=bounds[row],
            p_value=float(p_values[row]),
        )
        for row in order.tolist()
    )


def _estimates(values: np.ndarray, intervals: tuple[np.ndarray, np.ndarray]) -> list[Estimate]:
    return [
        Estimate(value=value, interval=(low, high))
        for value, low, high in zip(values.tolist(), intervals[0].tolist(), intervals[1].tolist(), strict=True)
    ]


def _sentence(names: tuple[str, str], difference: Estimate | None, p_value: float | None, alpha: float) -> str:
    if difference is None or difference.interval is None or p_value is None:
        return "No sample has a label and a prediction of both models."
    value, low, high = map(_points, (difference.value, *difference.interval))
    p_text = "p < 0.001" if p_value < 0.001 else f"p = {p_value:.2g}"
    numbers = f"accuracy of {names[0]} minus that of {names[1]}: {value} points [{low}, {high}], {p_text}"
    if p_value >= alpha:
        return f"The models cannot be told apart ({numbers})."
    better, worse = names if difference.value > 0 else names[::-1]
    return f"{better} is right more often than {worse} ({numbers})."


def _points(share: float) -> str:
    """A difference in percentage points, with its sign unless it is rounded to none.

    >>> _points(0.0721), _points(-0.0004)
    ('+7.2', '0.0')
    """
    text = f"{100 * share:+.1f}"
    return text.replace("-", "−") if float(text) else text[1:]
