"""How the values of a metric are spread: counts in bins of equal width."""

import numpy as np

from misnomer.evaluation.quartiles import quartiles
from misnomer.evaluation.results import Result

DEFAULT_BINS = 30
REACH = 3.0  # interquartile ranges beyond the quartiles that the bins cover
STRETCH = 4.0  # times as wide: so far the extremes may stretch what the bins cover before they are left out
ROUNDING = 1e-9  # of the larger end: a narrower range is one value, differently rounded


class MetricHistogram(Result):
    """Counts of a metric's values in bins of equal width.

    Bin i holds the values in [edges[i], edges[i + 1]), the last also its high end. ``below_count`` and
    ``above_count`` are far from the rest and in no bin, ``missing_count`` is not known; with the counts they sum to
    the number of samples.
    """

    metric: str
    title: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    below_count: int
    above_count: int
    missing_count: int


def metric_histogram(metric: str, title: str, values: np.ndarray, *, bins: int = DEFAULT_BINS) -> MetricHistogram:
    """Histogram of a metric, of a range that a few extreme values do not stretch.

    The bins reach to the extreme values; where these make the range more than four times that of the values within
    three interquartile ranges of the quartiles, to the extremes of those values, unless nearly all are one.
    Whole numbers get bins of whole width with the numbers in their middle; a constant, up to rounding, gets one bin.

    Args:
        metric, title: key and name of the metric.
        values: (N,) float64, NaN or infinite where missing.
        bins: at most so many.
    """
    values = np.asarray(values, np.float64)
    known = values[np.isfinite(values)]
    edges = _edges(known, bins) if known.size else np.empty(0)
    within = known[(known >= edges[0]) & (known <= edges[-1])] if known.size else known
    counts = np.histogram(within, edges)[0] if known.size else np.empty(0, np.int64)
    return MetricHistogram(
        metric=metric,
        title=title,
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
        below_count=int(np.count_nonzero(known < edges[0])) if known.size else 0,
        above_count=int(np.count_nonzero(known > edges[-1])) if known.size else 0,
        missing_count=int(values.size - known.size),
    )


def _edges(known: np.ndarray, bins: int) -> np.ndarray:
    low, high = _range(known)
    if np.all(known == np.floor(known)) and np.abs(known).max() < 2**52:
        step = max(1, -int(-(high - low + 1) // bins))
        return np.arange(low - 0.5, high + step, step)
    if _is_one_value(low, high):
        return np.array([low - 0.5, low + 0.5])
    return np.linspace(low, high, bins + 1)


def _range(known: np.ndarray) -> tuple[float, float]:
    """The extremes or, where they stretch it too far, those of the values within reach of the quartiles.

    Never one value where there are others.
    """
    first, third = quartiles(known)
    reach = REACH * (third - first)
    within = known[(known >= first - reach) & (known <= third + reach)]
    low, high = float(within.min()), float(within.max())
    least, most = float(known.min()), float(known.max())
    is_whole = most - least <= STRETCH * (high - low) or _is_one_value(low, high)
    return (least, most) if is_whole else (low, high)


def _is_one_value(low: float, high: float) -> bool:
    return high - low <= ROUNDING * max(abs(low), abs(high))
