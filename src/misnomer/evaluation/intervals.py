"""Closed-form intervals: Wilson's for a rate, and for whatever lies in [0, 1] with a known variance."""

from functools import cache
from statistics import NormalDist

import numpy as np

from misnomer import settings
from misnomer.errors import InputError


def interval_level(level: float | None) -> float:
    """The coverage asked for; None: the setting ``confidence_level``.

    Raises:
        InputError: it is not between 0 and 1.
    """
    level = settings.get_float("confidence_level") if level is None else level
    if not 0 < level < 1:
        raise InputError(f"The level of the intervals is {level:g}.", hint="Give a fraction such as 0.95.")
    return level


@cache
def normal_quantile(level: float) -> float:
    """Half the width, in standard errors, of a two-sided normal interval of this coverage.

    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson_interval(successes: np.ndarray, trials: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Wilson score interval of each rate successes / trials.

    Args:
        successes: (n,) numbers in [0, trials]; need not be whole.
        trials: (n,) numbers ≥ 0; an effective sample size serves too.
        level: coverage, e.g. 0.95.

    Returns:
        (low, high), each (n,) float64 in [0, 1]; NaN where there are no trials.

    Source: Wilson 1927; Brown, Cai & DasGupta 2001. Equal to SciPy's ``binomtest().proportion_ci("wilson")``.

    >>> low, high = wilson_interval(np.array([130]), np.array([165]), 0.95)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.719], [0.843])
    """
    trials = np.where(np.asarray(trials) > 0, trials, np.nan).astype(np.float64)
    z = normal_quantile(level)
    rate = successes / trials
    shrink = 1 + z * z / trials
    centre = (rate + z * z / (2 * trials)) / shrink
    half_width = z / shrink * np.sqrt(np.maximum(rate * (1 - rate), 0) / trials + z * z / (4 * trials * trials))
    low = np.where(rate == 0, 0.0, centre - half_width)
    high = np.where(rate == 1, 1.0, centre + half_width)
    missing = np.isnan(rate)
    return np.where(missing, np.nan, np.clip(low, 0, 1)), np.where(missing, np.nan, np.clip(high, 0, 1))


def effective_wilson_interval(
    rates: np.ndarray, variances: np.ndarray, fallback_trials: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Wilson interval of values in [0, 1] whose variance is known from elsewhere.

    The variance says how many independent trials the value is worth, rate·(1 − rate) / variance; a value of
    exactly 0 or 1, whose estimated variance is 0, is given ``fallback_trials``.

    Source: Korn & Graubard 1998 (effective sample size).
    """
    spread = rates * (1 - rates)
    known = (variances > 0) & (spread > 0)
    trials = np.divide(spread, variances, out=np.array(fallback_trials, np.float64), where=known)
    return wilson_interval(rates * trials, trials, level)


def stratified_mean_variance(counts: np.ndarray, sums: np.ndarray, square_sums: np.ndarray, centre: float) -> float:
    """Variance of a mean over samples when the number of samples of each label is fixed.

    A label with a single sample has no spread of its own; such labels form one stratum (collapsed strata,
    Cochran 1977, §5A.12). With a single one, its squared distance from ``centre`` stands in.

    Args:
        counts, sums, square_sums: (K,) number, sum and sum of squares of the values of each label.
        centre: the mean over all samples.
    """
    single = counts == 1
    several = counts > 1
    n = np.append(counts[several], counts[single].sum())
    total = np.append(sums[several], sums[single].sum())
    squares = np.append(square_sums[several], square_sums[single].sum())
    squared_deviations = np.maximum(squares - total**2 / np.maximum(n, 1), 0)
    variance = np.sum(squared_deviations[n > 1] * (n / np.maximum(n - 1, 1))[n > 1])
    if n[-1] == 1:
        variance += (total[-1] - centre) ** 2
    return float(variance) / float(counts.sum()) ** 2
