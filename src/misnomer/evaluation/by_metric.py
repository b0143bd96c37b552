"""Performance by metric: a rate as a function of a metric, with the count and the interval of every bin."""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from misnomer.errors import InputError, LengthMismatch, UnknownName
from misnomer.evaluation.binning import MINIMUM_COUNT, Bins, equal_count_bins, equal_width_bins
from misnomer.evaluation.by_metric_sentence import by_metric_sentence
from misnomer.evaluation.class_filter import membership
from misnomer.evaluation.intervals import wilson_interval
from misnomer.evaluation.ordered_metric import AscendingValues
from misnomer.evaluation.results import BinnedRate, ClassBins, MetricPerformance
from misnomer.evaluation.trend import departure_p_value, difference_p_value, trend_p_value

DEFAULT_BINS = 10

Rate = Literal["recall", "precision"]
Width = Literal["equal count", "equal width"]


def performance_by_metric(
    metric: str,
    title: str,
    values: np.ndarray,
    labels: np.ndarray,
    predictions: np.ndarray,
    class_names: Sequence[str],
    *,
    rate: Rate = "recall",
    bins: int | None = None,
    width: Width = "equal count",
    selected: Sequence[int] | np.ndarray | None = None,
    by_class: bool = False,
    level: float = 0.95,
) -> MetricPerformance:
    """Fraction of samples predicted right, by bin of a metric.

    Recall (True-Positive Rate) looks at the labelled samples with label ∈ S, precision at those with prediction ∈ S;
    with S = all classes and a prediction for every sample both are the accuracy.

    Args:
        metric, title: key and name of the metric.
        values: (N,) float64, NaN where missing; such samples are counted and left out.
        labels, predictions: (N,) int, class index, −1 for none. A missing prediction counts as not right.
        class_names: name of each class, by index.
        rate: which samples to look at.
        bins: number of bins. None: at most 10, none with fewer than 20 samples. A number insists: bins may then be
            small, and empty ones are not shown.
        width: bins of equal count (equal values never split) or of equal width.
        selected: indices of the chosen classes S; None: all.
        by_class: also one line for each class of S, in the same bins, neighbours of them put together until each holds
            20 samples of the class, or all that it has; with ``bins`` they stay apart, and empty ones are left out.
        level: coverage of the intervals.

    Raises:
        LengthMismatch: inputs of different lengths.
        UnknownName: an unknown rate or width.
        InputError: less than one bin.

    >>> right = [1, 1, 1, 0]
    >>> result = performance_by_metric("m", "M", np.arange(4.0), np.ones(4, int), np.array(right), ["a", "b"], bins=2)
    >>> [(bin.low, bin.high, bin.sample_count, bin.rate) for bin in result.bins]
    [(0.0, 2.0, 2, 1.0), (2.0, 3.0, 2, 0.5)]
    """
    values, labels, predictions = np.asarray(values, np.float64), np.asarray(labels), np.asarray(predictions)
    _check(values, labels, predictions, rate, width, bins)
    member = membership(selected, len(class_names))
    classes = labels if rate == "recall" else predictions
    counted = member[classes] & (labels >= 0)
    known = counted & np.isfinite(values)
    missing_count = int(np.count_nonzero(counted) - np.count_nonzero(known))
    if not known.all():
        values, classes = values[known], classes[known]
    right = labels[known] == predictions[known]
    cut = _cut(AscendingValues.of(values), bins, width)
    codes, trials = cut.codes_of(values), cut.counts
    successes = np.bincount(codes[right], minlength=len(trials))
    shown = _binned_rates(cut.edges, successes, trials, level)
    overall = float(right.mean()) if len(right) else None
    trend = trend_p_value(successes, trials)
    return MetricPerformance(
        metric=metric,
        title=title,
        rate=rate,
        sample_count=len(right),
        missing_count=missing_count,
        overall=overall,
        trend_p_value=trend,
        sentence=by_metric_sentence(
            title,
            rate,
            shown,
            overall,
            trend,
            difference_p_value(successes, trials),
            departure_p_value(successes, trials),
        ),
        bins=shown,
        classes=_by_class(cut, codes, classes, right, class_names, member, level, _minimum_count(bins))
        if by_class
        else (),
    )


def _check(
    values: np.ndarray,
    labels: np.ndarray,
    predictions: np.ndarray,
    rate: str,
    width: str,
    bins: int | None,
) -> None:
    if not values.shape == labels.shape == predictions.shape:
        raise LengthMismatch(
            f"{values.size:,} values, {labels.size:,} labels and {predictions.size:,} predictions.",
            hint="Give one of each for every sample.",
        )
    if rate not in get_args(Rate):
        raise UnknownName("rate", rate, get_args(Rate))
    if width not in get_args(Width):
        raise UnknownName("bin width", width, get_args(Width))
    if bins is not None and bins < 1:
        raise InputError(f"{bins} bins were asked for.", hint="Ask for at least one.")


def _cut(ordered: AscendingValues, bin_count: int | None, width: Width) -> Bins:
    minimum_count = _minimum_count(bin_count)
    if width == "equal width":
        return equal_width_bins(ordered, bin_count or DEFAULT_BINS, minimum_count)
    default = max(1, min(DEFAULT_BINS, len(ordered.values) // MINIMUM_COUNT))
    return equal_count_bins(ordered, bin_count or default, minimum_count)


def _minimum_count(bin_count: int | None) -> int:
    return MINIMUM_COUNT if bin_count is None else 0


def _binned_rates(edges: np.ndarray, successes: np.ndarray, trials: np.ndarray, level: float) -> tuple[BinnedRate, ...]:
    """One result for each bin that has samples."""
    low, high = wilson_interval(successes, trials, level)
    return tuple(
        BinnedRate(
            low=float(edges[i]),
            high=float(edges[i + 1]),
            sample_count=int(trials[i]),
            rate=float(successes[i] / trials[i]),
            interval=(float(low[i]), float(high[i])),
        )
        for i in np.flatnonzero(trials).tolist()
    )


def _by_class(
    cut: Bins,
    codes: np.ndarray,
    classes: np.ndarray,
    right: np.ndarray,
    class_names: Sequence[str],
    member: np.ndarray,
    level: float,
    minimum_count: int,
) -> tuple[ClassBins, ...]:
    """The bins of each chosen class; ``codes`` are each sample's bin."""
    shape = (len(class_names), len(cut.counts))
    cells = classes * shape[1] + codes
    trials = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    successes = np.bincount(cells[right], minlength=shape[0] * shape[1]).reshape(shape)
    return tuple(
        ClassBins(
            name=class_names[i],
            bins=_merged_rates(cut.edges, successes[i], trials[i], level, minimum_count),
        )
        for i in np.flatnonzero(member[:-1]).tolist()
    )


def _merged_rates(
    edges: np.ndarray, successes: np.ndarray, trials: np.ndarray, level: float, minimum_count: int
) -> tuple[BinnedRate, ...]:
    places = _merged_places(trials, minimum_count)
    merged_successes, merged_trials = (np.diff(np.append(0, counts.cumsum())[places]) for counts in (successes, trials))
    return _binned_rates(edges[places], merged_successes, merged_trials, level)


def _merged_places(counts: np.ndarray, minimum_count: int) -> np.ndarray:
    """Which edges of bins remain so that each has enough samples; what is left over joins the last.

    >>> _merged_places(np.array([0, 15, 10, 30, 5, 0]), 20).tolist()
    [1, 3, 5]
    """
    if minimum_count == 0:
        return np.arange(len(counts) + 1)
    filled = np.flatnonzero(counts)
    if not filled.size:
        return np.zeros(1, np.int64)
    places, held = [int(filled[0])], 0
    for i in filled.tolist():
        held += int(counts[i])
        if held >= minimum_count:
            places.append(i + 1)
            held = 0
    if held:
        places[max(1, len(places) - 1) :] = [int(filled[-1]) + 1]
    return np.array(places)
