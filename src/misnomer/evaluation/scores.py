"""Scores from the confusion counts alone, so that any filter is answered from counts."""

from collections.abc import Mapping, Sequence

import numpy as np

from misnomer.evaluation.agreement import agreement_scores
from misnomer.evaluation.class_filter import occurring_classes
from misnomer.evaluation.class_rates import RATES, Rate, RateByClass, rate_by_class
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.intervals import effective_wilson, wilson_interval
from misnomer.evaluation.results import ClassScores, Estimate, Rows
from misnomer.evaluation.score_set import ScoreSet, estimates, name_some
from misnomer.evaluation.variance import stratified_variance

AGREEMENT_SCORES = ("matthews_corrcoef", "cohen_kappa")
COUNT_SCORES = (
    "accuracy",
    *(f"{rate}_{mean}" for mean in ("macro", "weighted") for rate in RATES),
    "balanced_accuracy",
    *AGREEMENT_SCORES,
)


def scores_from_counts(
    counts: ConfusionCounts,
    class_names: Sequence[str],
    selected: Sequence[int] | np.ndarray | None = None,
    level: float = 0.95,
) -> ScoreSet:
    """Every score that the counts give, under the class filter.

    Means are over the chosen classes that occur as a label or as a prediction, with 0 for one never predicted
    (precision) or never labelled (recall), and a note that says so.

    Args:
        counts: of all samples of the filter; the class filter is applied here.
        selected: indices of the chosen classes; None: all.
        level: coverage of the intervals.
    """
    scores = ScoreSet()
    classes = occurring_classes(counts, selected)
    if len(classes) == 0:
        chosen = "" if selected is None else " of the chosen classes"
        scores.lack(COUNT_SCORES, f"No sample{chosen} has both a label and a prediction.")
        return scores
    rates = {rate: rate_by_class(rate, counts, classes, level) for rate in RATES}
    _add_means(scores, counts, classes, rates, level)
    if selected is None:
        scores.include(agreement_scores(counts, level))
    else:
        scores.lack(AGREEMENT_SCORES, "Compares all classes with one another: not defined under a class filter.")
    _note_zero_divisions(scores, classes, rates, class_names)
    return scores


def _add_means(
    scores: ScoreSet,
    counts: ConfusionCounts,
    classes: np.ndarray,
    rates: Mapping[Rate, RateByClass],
    level: float,
) -> None:
    support = counts.support[classes]
    labelled = support > 0
    equal = np.full(len(classes), 1 / len(classes))
    accuracy = _accuracy(counts, classes, level) if labelled.any() else None
    if accuracy:
        scores.add("accuracy", *accuracy)
    for rate in RATES:
        scores.add(f"{rate}_macro", *_mean(counts, classes, rates[rate], equal, level))
    if accuracy is None:
        weighted = [name for name in COUNT_SCORES if name.endswith("_weighted")]
        scores.lack(["accuracy", *weighted, "balanced_accuracy"], "No sample has a label of the chosen classes.")
        return
    by_support = support / support.sum()
    scores.add("precision_weighted", *_mean(counts, classes, rates["precision"], by_support, level))
    # The mean recall weighted by support is the accuracy.
    scores.add("recall_weighted", *accuracy)
    scores.add("f1_weighted", *_mean(counts, classes, rates["f1"], by_support, level))
    over_labelled = labelled / labelled.sum()
    scores.add("balanced_accuracy", *_mean(counts, classes, rates["recall"], over_labelled, level))


def _accuracy(counts: ConfusionCounts, classes: np.ndarray, level: float) -> tuple[float, tuple[float, float]]:
    hits, support = counts.true_positives[classes].sum(), counts.support[classes].sum()
    low, high = wilson_interval(np.array([hits]), np.array([support]), level)
    return float(hits / support), (float(low[0]), float(high[0]))


def _mean(
    counts: ConfusionCounts, classes: np.ndarray, rate: RateByClass, weights: np.ndarray, level: float
) -> tuple[float, tuple[float, float] | None]:
    """Weighted mean of a rate, 0 where undefined, and its interval.

    The interval is Wilson's at the effective sample size of the mean's variance. A sample lost to one class is gained
    by another: that dependence enters as the ratio of the mean's stratified delta-method variance to the sum of the
    classes' own.
    """
    defined = ~np.isnan(rate.values)
    classes, weights, rate = classes[defined], weights[defined], rate.of(defined)
    if not weights.any():
        return 0.0, None
    value = float(np.sum(weights * rate.values))
    independent = float(np.sum(weights**2 * rate.variances))
    dependence = 1.0
    if independent > 0:
        slopes = np.zeros((2, counts.class_count))
        slopes[0, classes] = weights * rate.diagonal_slope
        slopes[1, classes] = weights * rate.column_slope
        dependence = stratified_variance(counts, *slopes) / independent
    variance = dependence * float(np.sum(weights**2 * rate.shrunk_variances(value)))
    return value, effective_wilson(value, variance, 1 / float(np.sum(weights**2 / rate.trials)), level)


def _note_zero_divisions(
    scores: ScoreSet,
    classes: np.ndarray,
    rates: Mapping[Rate, RateByClass],
    class_names: Sequence[str],
) -> None:
    reasons: dict[Rate, str] = {"precision": "never predicted", "recall": "never a label"}
    for rate, reason in reasons.items():
        undefined = [class_names[index] for index in classes[np.isnan(rates[rate].values)]]
        if undefined:
            count = "1 class that is" if len(undefined) == 1 else f"{len(undefined):,} classes that are"
            scores.notes.append(f"{rate.title()} counts as 0 for {count} {reason}: {name_some(undefined)}.")


def class_scores(
    counts: ConfusionCounts,
    class_names: Sequence[str],
    selected: Sequence[int] | np.ndarray | None = None,
    level: float = 0.95,
    *,
    roc_auc: Mapping[int, Estimate] | None = None,
    average_precision: Mapping[int, Estimate] | None = None,
) -> Rows[ClassScores]:
    """Scores of each chosen class that occurs, in class order; the same with and without the class filter.

    Args:
        roc_auc, average_precision: by class index, where the probabilities give them.
    """
    classes = occurring_classes(counts, selected)
    by_rate = [rate_by_class(rate, counts, classes, level) for rate in RATES]
    columns = [estimates(rate.values, rate.intervals) for rate in by_rate]
    support, predicted = counts.support[classes].tolist(), counts.predicted[classes].tolist()
    areas, precisions = roc_auc or {}, average_precision or {}
    return Rows(
        ClassScores(
            name=class_names[index],
            support=support[row],
            predicted=predicted[row],
            precision=columns[0][row],
            recall=columns[1][row],
            f1=columns[2][row],
            roc_auc=areas.get(index),
            average_precision=precisions.get(index),
        )
        for row, index in enumerate(classes.tolist())
    )
