"""The worst slices of a model, with their names, their intervals and one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from misnomer.evaluation.binning import Bins, equal_count_bins
from misnomer.evaluation.intervals import interval_level, wilson_interval
from misnomer.evaluation.ordered_metric import AscendingValues
from misnomer.evaluation.results import Estimate, Result, Rows
from misnomer.evaluation.slices import DrawnFrom, FoundSlice, SliceFeature, worst_slices
from misnomer.filters import Condition

BINS = 5


class Slice(Result):
    """Samples on which a model is right less often than on the rest.

    Attributes:
        title: its conditions, for people.
        where: the same as the ``where`` of a filter.
        accuracy: with its Wilson interval.
        rest_accuracy: of all other samples.
        excess_errors: how many more errors there are than if it were as good as the rest.
        p_value: one-sided, that it is no worse (``evaluation.slices``); ``adjusted_p_value`` by Benjamini and Hochberg.
            Both by the samples that were not drawn, where some were.
        much_the_same: titles of weaker slices that this one and those before it account for.
    """

    title: str
    where: tuple[dict[str, Any], ...]
    sample_count: int
    wrong_count: int
    accuracy: Estimate
    rest_accuracy: float
    excess_errors: float
    p_value: float
    adjusted_p_value: float
    much_the_same: tuple[str, ...] = ()


class SliceReport(Result):
    """Slices that are worse by more than chance, those with the most errors too many first.

    ``tested_count`` slices were tested, of values and pairs of values with at least ``minimum_support`` samples, on
    ``drawn_count`` samples where there are very many (None: on all); what was found there is counted on all samples,
    and was found again on those that were not drawn.
    """

    model: str
    sample_count: int
    drawn_count: int | None = None
    accuracy: Estimate | None
    tested_count: int
    minimum_support: int
    slices: Rows[Slice]
    sentence: str


@dataclass(frozen=True)
class NamedFeature:
    """A feature with the conditions that its values stand for; of a metric, the bins that its values are."""

    feature: SliceFeature
    title: str
    value_titles: Sequence[str]
    conditions: Sequence[tuple[Condition, ...]]
    bins: Bins | None = None


def value_feature(name: str, title: str, codes: np.ndarray, values: Sequence[str]) -> NamedFeature:
    """A feature of a column of text.

    Args:
        codes: (N,) positions in ``values``; −1: none.
    """
    return NamedFeature(
        SliceFeature(codes, len(values)),
        title,
        [f"{title} is {value}" for value in values],
        [(Condition(name, "=", value),) for value in values],
    )


def metric_feature(name: str, title: str, values: np.ndarray) -> NamedFeature:
    """A feature of a metric, cut in at most five bins of equal counts; a missing value is in none."""
    bins = equal_count_bins(AscendingValues.of(values[np.isfinite(values)]), BINS)
    codes = bin_codes(bins, values)
    count, edges = len(bins.counts), bins.edges.tolist()
    titles, conditions = [], []
    for number in range(count):
        above = (Condition(name, ">=", edges[number]),) if number else ()
        below = (Condition(name, "<", edges[number + 1]),) if number < count - 1 else ()
        conditions.append((*above, *below))
        titles.append(_range_title(title, edges[number] if number else None, edges[number + 1] if below else None))
    return NamedFeature(SliceFeature(codes, count), title, titles, conditions, bins)


def bin_codes(bins: Bins, values: np.ndarray) -> np.ndarray:
    """(n,) int64, the bin of each value; −1 where it is missing."""
    return np.where(np.isfinite(values), bins.codes_of(values), -1)


def _range_title(title: str, low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return f"{title} is known"
    if low is None:
        return f"{title} below {high:.3g}"
    return f"{title} from {low:.3g}" if high is None else f"{title} {low:.3g} to {high:.3g}"


def slice_report(
    model: str,
    right: np.ndarray,
    features: Mapping[str, NamedFeature],
    *,
    minimum_support: int,
    limit: int | None,
    level: float | None = None,
    drawn_from: DrawnFrom | None = None,
) -> SliceReport:
    """Search the slices of the features and describe those found.

    Args:
        right: (N,) bool.
        features: by name.
        limit: slices described; None: all.
        drawn_from: all the samples, if the N were drawn from more.
    """
    level = interval_level(level)
    named = list(features.values())
    found, tested_count = worst_slices(
        right, [one.feature for one in named], minimum_support=minimum_support, drawn_from=drawn_from
    )
    sample_count, right_count = len(right), int(np.count_nonzero(right))
    if drawn_from is not None:
        sample_count, right_count = drawn_from.sample_count, drawn_from.sample_count - drawn_from.wrong_count
    accuracy = _estimate(right_count, sample_count, level) if sample_count else None
    drawn_count = len(right) if drawn_from is not None else None
    return SliceReport(
        model=model,
        sample_count=sample_count,
        drawn_count=drawn_count,
        accuracy=accuracy,
        tested_count=tested_count,
        minimum_support=minimum_support,
        slices=Rows(_described(one, named, right_count, sample_count, level) for one in found[:limit]),
        sentence=_sentence(found, named, accuracy, tested_count, _drawn_text(drawn_count, sample_count)),
    )


def _drawn_text(drawn_count: int | None, sample_count: int) -> str:
    if drawn_count is None:
        return ""
    return f" Searched on {drawn_count:,} samples drawn from {sample_count:,}; counted on all, judged by the others."


def _described(
    found: FoundSlice, features: Sequence[NamedFeature], right_count: int, sample_count: int, level: float
) -> Slice:
    hits = found.sample_count - found.wrong_count
    rest_accuracy = (right_count - hits) / (sample_count - found.sample_count)
    conditions = [condition for feature, value in found.parts for condition in features[feature].conditions[value]]
    return Slice(
        title=_title(found, features),
        where=tuple({"field": c.field, "operator": c.operator, "value": c.value} for c in conditions),
        sample_count=found.sample_count,
        wrong_count=found.wrong_count,
        accuracy=_estimate(hits, found.sample_count, level),
        rest_accuracy=rest_accuracy,
        excess_errors=found.wrong_count - found.sample_count * (1 - rest_accuracy),
        p_value=found.p_value,
        adjusted_p_value=found.adjusted_p_value,
        much_the_same=tuple(_title(one, features) for one in found.folded),
    )


def _title(found: FoundSlice, features: Sequence[NamedFeature]) -> str:
    return ", ".join(features[feature].value_titles[value] for feature, value in found.parts)


def _estimate(hits: int, count: int, level: float) -> Estimate:
    low, high = wilson_interval(np.array([hits]), np.array([count]), level)
    return Estimate(value=hits / count, interval=(float(low[0]), float(high[0])))


def _sentence(
    found: Sequence[FoundSlice],
    features: Sequence[NamedFeature],
    accuracy: Estimate | None,
    tested_count: int,
    drawn: str,
) -> str:
    if accuracy is None:
        return "No sample has a label and a prediction."
    if not found:
        return f"None of {tested_count:,} slices is worse than the rest by more than chance.{drawn}"
    worst = found[0]
    are = "is" if len(found) == 1 else "are"
    return (
        f"{len(found):,} of {tested_count:,} slices {are} worse than the rest by more than chance"
        f"{'' if len(found) == 1 else ', and none follows from the others'}. "
        f"Most errors too many: {_title(worst, features)} "
        f"({100 * (1 - worst.wrong_count / worst.sample_count):.1f}% right of {worst.sample_count:,}, "
        f"all {100 * accuracy.value:.1f}%).{drawn}"
    )
