"""Outliers of many metrics: how many, beyond which fences, and which are the most extreme."""

from collections.abc import Mapping

import numpy as np

from misnomer.evaluation.outliers import OutlierSearch
from misnomer.evaluation.results import Interval, Result, Rows
from misnomer.schema import Metric


class ExtremeValue(Result):
    """One sample's value beyond a fence."""

    key: str
    value: float
    severe: bool


class MetricOutliers(Result):
    """Outliers of one metric.

    Attributes:
        sample_count: samples with a value.
        quartiles: first and third.
        moderate_fences, severe_fences: beyond them a value is an outlier; None when the quartiles are equal.
        moderate_count, severe_count: samples beyond the moderate but within the severe fences, and beyond these.
        low_count, high_count: the same samples by the side on which they lie.
        extremes: farthest from the quartiles first.
    """

    metric: str
    title: str
    unit: str
    sample_count: int
    quartiles: Interval | None = None
    moderate_fences: Interval | None = None
    severe_fences: Interval | None = None
    moderate_count: int
    severe_count: int
    low_count: int
    high_count: int
    extremes: tuple[ExtremeValue, ...]


class OutlierReport(Result):
    """Outliers of every metric on the samples of a filter; the metric with most severe ones first."""

    sample_count: int
    metrics: Rows[MetricOutliers]


def metric_outliers(
    metric: Metric, search: OutlierSearch, *, limit: int
) -> tuple[MetricOutliers, np.ndarray, np.ndarray]:
    """Outliers of one metric, still without the extremes, whose ids and values, (≤ limit,), come beside."""
    found = search.fences()
    ids, values = _beyond(search, found.moderate_fences)
    severe_ids, _ = _beyond(search, found.severe_fences)
    first, third = found.quartiles or (0.0, 0.0)
    low_count = int(np.count_nonzero(values < first))
    summary = MetricOutliers(
        metric=metric.key,
        title=metric.title,
        unit=metric.unit,
        sample_count=search.known_count,
        quartiles=found.quartiles,
        moderate_fences=found.moderate_fences,
        severe_fences=found.severe_fences,
        moderate_count=len(ids) - len(severe_ids),
        severe_count=len(severe_ids),
        low_count=low_count,
        high_count=len(ids) - low_count,
        extremes=(),
    )
    farthest = np.argsort(-np.maximum(first - values, values - third), kind="stable")[:limit]
    return summary, ids[farthest], values[farthest]


def with_extremes(
    summary: MetricOutliers, ids: np.ndarray, values: np.ndarray, keys: Mapping[int, str]
) -> MetricOutliers:
    """The same with its most extreme samples; ``keys`` are by id."""
    fences = summary.severe_fences or (-np.inf, np.inf)
    extremes = tuple(
        ExtremeValue(key=keys[sample_id], value=value, severe=not fences[0] <= value <= fences[1])
        for sample_id, value in zip(ids.tolist(), values.tolist(), strict=True)
    )
    return summary.model_copy(update={"extremes": extremes})


def _beyond(search: OutlierSearch, fences: Interval | None) -> tuple[np.ndarray, np.ndarray]:
    return (np.empty(0, np.int64), np.empty(0)) if fences is None else search.beyond(fences)
