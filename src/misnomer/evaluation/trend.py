"""Does a rate rise or fall over ordered bins, or differ between them at all?"""

import math

import numpy as np


def trend_p_value(successes: np.ndarray, trials: np.ndarray) -> float | None:
    """Two-sided p-value of the Cochran–Armitage test for a linear trend over bins scored 0, 1, 2, …

    Args:
        successes, trials: (B,) in the order of the bins.

    Returns:
        None when there are fewer than two bins with trials, or the overall rate is 0 or 1.

    Source: Armitage 1955. Equal to the chi-square formula N r² with r the correlation of score and outcome.
    """
    z_score = _trend_z_score(successes, trials)
    return None if z_score is None else math.erfc(abs(z_score) / math.sqrt(2))


def _trend_z_score(successes: np.ndarray, trials: np.ndarray) -> float | None:
    score = np.arange(len(trials))
    total, rate = trials.sum(), successes.sum() / max(trials.sum(), 1)
    spread = (trials * (score - (trials * score).sum() / max(total, 1)) ** 2).sum()
    variance = rate * (1 - rate) * spread
    if variance == 0:
        return None
    statistic = (score * (successes - trials * rate)).sum()
    return float(statistic) / math.sqrt(float(variance))


def difference_p_value(successes: np.ndarray, trials: np.ndarray) -> float | None:
    """P-value of Pearson's chi-square test that all bins have the same rate; None as for the trend.

    Source: equal to SciPy's ``chi2_contingency(correction=False)`` in tests/reference.
    """
    statistic = _difference_chi_square(successes, trials)
    if statistic is None:
        return None
    from scipy.special import chdtrc

    return float(chdtrc(np.count_nonzero(trials) - 1, statistic))


def departure_p_value(successes: np.ndarray, trials: np.ndarray) -> float | None:
    """P-value of the chi-square test that the rates lie on a straight line over the bins' places: what is left of their
    difference when the trend is taken off. None as for the trend, and for two bins, which always do.

    Source: Armitage 1955.
    """
    difference, trend = _difference_chi_square(successes, trials), _trend_z_score(successes, trials)
    bin_count = np.count_nonzero(trials)
    if difference is None or trend is None or bin_count < 3:
        return None
    from scipy.special import chdtrc

    return float(chdtrc(bin_count - 2, max(0.0, difference - trend**2)))


def _difference_chi_square(successes: np.ndarray, trials: np.ndarray) -> float | None:
    used = trials > 0
    successes, trials = successes[used], trials[used]
    rate = successes.sum() / max(trials.sum(), 1)
    if len(trials) < 2 or rate in (0, 1):
        return None
    return float(((successes - trials * rate) ** 2 / (trials * rate * (1 - rate))).sum())
