"""What a chart of performance by metric shows, or that it shows nothing, in one sentence."""

from collections.abc import Sequence

from misnomer.evaluation.binning import MINIMUM_COUNT
from misnomer.evaluation.results import BinnedRate

TREND_LEVEL = 0.05
DIFFERENCE_LEVEL = 0.01  # stricter: it is looked at only after the trend was not found


def by_metric_sentence(
    title: str,
    rate: str,
    bins: Sequence[BinnedRate],
    overall: float | None,
    trend_p_value: float | None,
    difference_p_value: float | None,
) -> str:
    """The finding, and whether the smallest bin (else the last) agrees with the overall rate.

    Args:
        title: name of the metric.
        rate: recall or precision.
        bins: those with samples, in order.
        overall: rate over all of them.
        trend_p_value, difference_p_value: of a linear trend, and of any difference between the bins.
    """
    samples = f"{sum(one.sample_count for one in bins):,} samples"
    if overall is None:
        return f"There is no sample with a value of {title} to compute {rate} from."
    if len(bins) == 1:
        return f"The {samples} with a value of {title} make one bin, so how {rate} depends on it cannot be told."
    if trend_p_value is None or difference_p_value is None:
        return f"{rate.capitalize()} is {overall:.0f} in every bin of {title}, on {samples}."
    finding = _finding(title, rate, bins, trend_p_value, difference_p_value)
    return f"On {samples}, {finding}; {_agreement(bins, overall)}."


def _finding(title: str, rate: str, bins: Sequence[BinnedRate], trend_p_value: float, difference_p_value: float) -> str:
    if trend_p_value < TREND_LEVEL:
        direction = "rises" if _slope(bins) > 0 else "falls"
        return f"{rate} {direction} as {title} rises (trend {_p(trend_p_value)})"
    if difference_p_value < DIFFERENCE_LEVEL:
        lowest = min(bins, key=lambda one: one.interval[1])
        return (
            f"{rate} differs between bins of {title} ({_p(difference_p_value)}) without rising or falling steadily, "
            f"lowest with {lowest.rate:.2f} from {lowest.low:.4g} to {lowest.high:.4g}"
        )
    return f"{rate} shows no change with {title} beyond chance (trend {_p(trend_p_value)})"


def _slope(bins: Sequence[BinnedRate]) -> float:
    """Sign of the trend: covariance of a bin's place and its rate, by sample."""
    total = sum(one.sample_count for one in bins)
    middle = sum(place * one.sample_count for place, one in enumerate(bins)) / total
    return sum((place - middle) * one.sample_count * one.rate for place, one in enumerate(bins))


def _agreement(bins: Sequence[BinnedRate], overall: float) -> str:
    smallest = min(reversed(bins), key=lambda one: one.sample_count)
    bin, name = (smallest, "smallest") if smallest.sample_count < MINIMUM_COUNT else (bins[-1], "last")
    agrees = bin.interval[0] <= overall <= bin.interval[1]
    return (
        f"the {name} bin, {bin.rate:.2f} on {bin.sample_count:,} sample{'s' if bin.sample_count > 1 else ''}, "
        f"{'agrees' if agrees else 'does not agree'} with the overall {overall:.2f} "
        f"(interval {bin.interval[0]:.2f} to {bin.interval[1]:.2f})"
    )


def _p(p_value: float) -> str:
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.{3 if p_value < 0.1 else 2}f}"
