"""Outliers of many metrics: how many, beyond which fences, and which are the most extreme."""

from collections.abc import Mapping

import numpy as np

from misnomer.evaluation.outliers import Outliers, outliers
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


def most_extreme(values: np.ndarray, found: Outliers, limit: int) -> np.ndarray:
    """Rows of the outliers farthest beyond the quartiles, at most ``limit``, farthest first; ties in order.

    Args:
        values: (N,) float64.
        found: the outliers of these values.
    """
    rows = np.flatnonzero(found.moderate | found.severe)
    if found.quartiles is None:
        return rows
    first, third = found.quartiles
    distances = np.maximum(first - values[rows], values[rows] - third)
    return np.asarray(rows[np.argsort(-distances, kind="stable")[:limit]])


def metric_outliers(metric: Metric, values: np.ndarray, *, limit: int) -> tuple[MetricOutliers, np.ndarray]:
    """Outliers of one metric, still without the extremes, whose (≤ limit,) rows come beside."""
    found = outliers(values)
    outlying = found.moderate | found.severe
    low = 0 if found.quartiles is None else int(np.count_nonzero(values[outlying] < found.quartiles[0]))
    summary = MetricOutliers(
        metric=metric.key,
        title=metric.title,
        unit=metric.unit,
        sample_count=int(np.count_nonzero(np.isfinite(values))),
        quartiles=found.quartiles,
        moderate_fences=found.moderate_fences,
        severe_fences=found.severe_fences,
        moderate_count=int(np.count_nonzero(found.moderate)),
        severe_count=int(np.count_nonzero(found.severe)),
        low_count=low,
        high_count=int(np.count_nonzero(outlying)) - low,
        extremes=(),
    )
    return summary, most_extreme(values, found, limit)


def with_extremes(
    summary: MetricOutliers, values: np.ndarray, rows: np.ndarray, keys: Mapping[int, str]
) -> MetricOutliers:
    """The same with its most extreme samples; ``keys`` are by row."""
    fences = summary.severe_fences or (-np.inf, np.inf)
    extremes = tuple(
        ExtremeValue(key=keys[row], value=float(values[row]), severe=not fences[0] <= values[row] <= fences[1])
        for row in rows.tolist()
    )
    return summary.model_copy(update={"extremes": extremes})
