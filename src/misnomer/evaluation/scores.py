"""Scores from the confusion counts alone, so that any filter is answered from counts."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from misnomer.evaluation.agreement import agreement_scores
from misnomer.evaluation.biases import corrected_variance_ratio, f1_bias, precision_bias, weighted_precision_bias
from misnomer.evaluation.class_filter import occurring_classes
from misnomer.evaluation.class_rates import RATES, Rate, RateByClass, rate_by_class
from misnomer.evaluation.collecting import collection_priority
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.intervals import effective_wilson_interval, wilson_interval
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
    bias = {"precision": precision_bias(counts, classes), "f1": f1_bias(counts, classes)}
    for rate in RATES:
        scores.add(f"{rate}_macro", *_mean(counts, classes, rates[rate], equal, level, bias.get(rate)))
    if accuracy is None:
        weighted = [name for name in COUNT_SCORES if name.endswith("_weighted")]
        scores.lack(["accuracy", *weighted, "balanced_accuracy"], "No sample has a label of the chosen classes.")
        return
    by_support = support / support.sum()
    of_weighted = weighted_precision_bias(counts, classes)
    scores.add("precision_weighted", *_mean(counts, classes, rates["precision"], by_support, level, of_weighted))
    # The mean recall weighted by support is the accuracy.
    scores.add("recall_weighted", *accuracy)
    scores.add("f1_weighted", *_mean(counts, classes, rates["f1"], by_support, level, bias["f1"]))
    over_labelled = labelled / labelled.sum()
    scores.add("balanced_accuracy", *_mean(counts, classes, rates["recall"], over_labelled, level))


def _accuracy(counts: ConfusionCounts, classes: np.ndarray, level: float) -> tuple[float, tuple[float, float]]:
    hits, support = counts.true_positives[classes].sum(), counts.support[classes].sum()
    low, high = wilson_interval(np.array([hits]), np.array([support]), level)
    return float(hits / support), (float(low[0]), float(high[0]))


def _mean(
    counts: ConfusionCounts,
    classes: np.ndarray,
    rate: RateByClass,
    weights: np.ndarray,
    level: float,
    bias: np.ndarray | None = None,
) -> tuple[float, tuple[float, float] | None]:
    """Weighted mean of a rate, 0 where undefined, and its interval.

    The interval is Wilson's at the effective sample size of the mean's variance. A sample lost to one class is gained
    by another: that dependence enters as the ratio of the mean's stratified delta-method variance to the sum of the
    classes' own.

    It reaches as far as the same interval around the mean without its bias, which is there or not by how the labels
    came about (``biases.py``): it holds either way.

    Args:
        bias: (n,) of the classes' rates; None: there is none.
    """
    defined = ~np.isnan(rate.values)
    undefined_weight = float(weights[~defined].sum())
    if not defined.all():
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
    trials = 1 / float(np.sum(weights**2 / rate.trials))
    centres, variances = [value], [variance]
    if bias is not None:
        unbiased = min(max(value - float(np.sum(weights * bias[defined])), 0.0), 1.0)
        if rate.is_precision:
            variance *= corrected_variance_ratio(counts, classes, weights)
        centres.append(unbiased)
        if rate.is_precision and undefined_weight:
            # Classes never predicted count as 0; were they only missed by chance, they would be like the others.
            centres.append(min(unbiased + undefined_weight * value / float(weights.sum()), 1.0))
        variances += [variance] * (len(centres) - 1)
    fallback = np.full(len(centres), trials)
    lows, highs = effective_wilson_interval(np.array(centres), np.array(variances), fallback, level)
    return value, (float(lows.min()), float(highs.max()))


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
    areas, precisions = roc_auc or {}, average_precision or {}

    def rows() -> Iterator[ClassScores]:
        by_rate = [rate_by_class(rate, counts, classes, level) for rate in RATES]
        columns = [estimates(rate.values, rate.intervals) for rate in by_rate]
        support, predicted = counts.support[classes].tolist(), counts.predicted[classes].tolist()
        recall = by_rate[RATES.index("recall")]
        priority = collection_priority(recall.trials - recall.hits, *recall.intervals).tolist()
        names = ("support", "predicted", "collection_priority", *RATES)
        for index, *values in zip(classes.tolist(), support, predicted, priority, *columns, strict=True):
            row = dict(zip(names, values, strict=True))
            yield ClassScores(
                name=class_names[index], **row, roc_auc=areas.get(index), average_precision=precisions.get(index)
            )

    return Rows(rows, count=len(classes))
