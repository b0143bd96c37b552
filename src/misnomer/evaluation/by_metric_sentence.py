"""What a chart of performance by metric shows, or that it shows nothing, in one sentence."""

from collections.abc import Sequence

from misnomer.evaluation.binning import MINIMUM_COUNT
from misnomer.evaluation.results import BinnedRate

TREND_LEVEL = 0.05
DIFFERENCE_LEVEL = 0.01  # stricter: differences beside the trend are looked at after it


def by_metric_sentence(
    title: str,
    rate: str,
    bins: Sequence[BinnedRate],
    overall: float | None,
    trend_p_value: float | None,
    difference_p_value: float | None,
    departure_p_value: float | None,
) -> str:
    """The finding, and whether a bin of few samples agrees with the overall rate; without a finding, any bin does.

    Args:
        title: name of the metric.
        rate: recall or precision.
        bins: those with samples, in order.
        overall: rate over all of them.
        trend_p_value, difference_p_value, departure_p_value: of a linear trend, of any difference between the bins, and
            of one that the trend does not explain.
    """
    samples = f"{sum(one.sample_count for one in bins):,} samples"
    if overall is None:
        return f"There is no sample with a value of {title} to compute {rate} from."
    if len(bins) == 1:
        return f"The {samples} with a value of {title} make one bin, so how {rate} depends on it cannot be told."
    if trend_p_value is None or difference_p_value is None:
        return f"{rate.capitalize()} is {overall:.0f} in every bin of {title}, on {samples}."
    bends = departure_p_value is not None and departure_p_value < DIFFERENCE_LEVEL
    finding = _finding(title, rate, bins, trend_p_value, difference_p_value, bends)
    found = min(trend_p_value / TREND_LEVEL, difference_p_value / DIFFERENCE_LEVEL) < 1
    smallest = min(reversed(bins), key=lambda one: one.sample_count)
    agreement = ""
    if smallest.sample_count < MINIMUM_COUNT:
        agreement = f"; {_agreement('smallest', smallest, overall)}"
    elif not found:
        agreement = f"; {_agreement('last', bins[-1], overall)}"
    return f"On {samples}, {finding}{agreement}."


def _finding(
    title: str,
    rate: str,
    bins: Sequence[BinnedRate],
    trend_p_value: float,
    difference_p_value: float,
    bends: bool,
) -> str:
    if trend_p_value < TREND_LEVEL:
        is_rise = _slope(bins) > 0
        direction = f"{'rises' if is_rise else 'falls'} as {title} rises (trend {_p(trend_p_value)})"
        turn = _turn(bins, is_rise) if bends else ""
        return f"{rate} {direction}{turn or _ends(bins, is_rise)}"
    if difference_p_value < DIFFERENCE_LEVEL:
        lowest = min(bins, key=lambda one: one.interval[1])
        return (
            f"{rate} differs between bins of {title} ({_p(difference_p_value)}) without rising or falling steadily, "
            f"lowest with {_place(lowest)}"
        )
    return f"{rate} shows no change with {title} beyond chance (trend {_p(trend_p_value)})"


def _turn(bins: Sequence[BinnedRate], is_rise: bool) -> str:
    """Where the curve surely goes against its trend, at its end or at its beginning; empty where it does not."""
    highest = max(bins, key=lambda one: one.interval[0])
    lowest = min(bins, key=lambda one: one.interval[1])
    top, bottom = f"highest with {_place(highest)}", f"lowest with {_place(lowest)}"
    if bins[-1].rate < highest.interval[0] if is_rise else bins[-1].rate > lowest.interval[1]:
        return f", but not to the end: {top if is_rise else bottom}"
    if bins[0].rate > lowest.interval[1] if is_rise else bins[0].rate < highest.interval[0]:
        return f", but not from the beginning: {bottom if is_rise else top}"
    return ""


def _ends(bins: Sequence[BinnedRate], is_rise: bool) -> str:
    """How far it goes; empty where the ends alone do not show it."""
    first, last = bins[0].rate, bins[-1].rate
    shown = first < last if is_rise else first > last
    return f", from {first:.2f} in the first bin to {last:.2f} in the last" if shown else ""


def _place(bin: BinnedRate) -> str:
    return f"{bin.rate:.2f} from {bin.low:.4g} to {bin.high:.4g}"


def _slope(bins: Sequence[BinnedRate]) -> float:
    """Sign of the trend: covariance of a bin's place and its rate, by sample."""
    total = sum(one.sample_count for one in bins)
    middle = sum(place * one.sample_count for place, one in enumerate(bins)) / total
    return sum((place - middle) * one.sample_count * one.rate for place, one in enumerate(bins))


def _agreement(which: str, bin: BinnedRate, overall: float) -> str:
    agrees = bin.interval[0] <= overall <= bin.interval[1]
    return (
        f"the {which} bin, {bin.rate:.2f} on {bin.sample_count:,} sample{'s' if bin.sample_count > 1 else ''}, "
        f"{'agrees' if agrees else 'does not agree'} with the overall {overall:.2f} "
        f"(interval {bin.interval[0]:.2f} to {bin.interval[1]:.2f})"
    )


def _p(p_value: float) -> str:
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.{3 if p_value < 0.1 else 2}f}"
