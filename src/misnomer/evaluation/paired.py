"""Two rates of the same samples: their difference with its interval, and a test that there is none."""

import numpy as np

from misnomer.evaluation.intervals import normal_quantile

_BISECTIONS = 60


def mcnemar_p_value(only_first: np.ndarray, only_second: np.ndarray) -> np.ndarray:
    """Two-sided exact p-value of McNemar's test that both rates are equal.

    Args:
        only_first, only_second: (n,) samples that only the first, only the second got right.

    Returns:
        (n,) float64; 1 where the two never disagree.

    Source: McNemar 1947, exact by the binomial. Equal to SciPy's ``binomtest`` in tests/reference.

    >>> mcnemar_p_value(np.array([5]), np.array([0])).tolist()
    [0.0625]
    """
    from scipy.special import bdtr

    discordant = np.asarray(only_first) + only_second
    both_tails = 2 * bdtr(np.minimum(only_first, only_second).astype(np.float64), discordant, 0.5)
    return np.asarray(np.minimum(1.0, both_tails))


def paired_difference_interval(
    only_first: np.ndarray, only_second: np.ndarray, counts: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Score interval of the difference of two rates of the same samples, first minus second.

    It holds the differences that the score test does not reject, so that at 0 it agrees with McNemar's test without
    continuity correction; good from a handful of samples on.

    Args:
        only_first, only_second: (n,) samples that only the first, only the second got right.
        counts: (n,) samples.
        level: coverage, e.g. 0.95.

    Returns:
        (low, high), each (n,) float64 in [−1, 1]; NaN without samples.

    Source: Tango 1998, "Equivalence test and confidence interval for the difference in proportions for the
    paired-sample design", Statistics in Medicine 17.
    """
    first, second, n = (np.asarray(values, np.float64) for values in (only_first, only_second, counts))
    z = normal_quantile(level)
    estimate = np.divide(first - second, n, out=np.full(n.shape, np.nan), where=n > 0)
    low = _bisect(first, second, n, z, np.full(n.shape, -1.0), estimate)
    high = _bisect(first, second, n, -z, estimate, np.full(n.shape, 1.0))
    return low, high


def _bisect(
    first: np.ndarray, second: np.ndarray, n: np.ndarray, z: float, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Where the score, which falls with the difference, is ``z``."""
    low, high = low.copy(), high.copy()
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        above = _score(first, second, n, middle) > z
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(np.isnan(high), np.nan, (low + high) / 2)


def _score(first: np.ndarray, second: np.ndarray, n: np.ndarray, difference: np.ndarray) -> np.ndarray:
    """Tango's statistic at a supposed difference, with the other rate at its most likely."""
    b = -first - second + (2 * n - first + second) * difference
    c = -second * difference * (1 - difference)
    only_second_rate = (np.sqrt(np.maximum(b * b - 8 * n * c, 0)) - b) / (4 * np.maximum(n, 1))
    variance = n * (2 * only_second_rate + difference * (1 - difference))
    deviation = first - second - n * difference
    score: np.ndarray = np.where(
        variance > 0, deviation / np.sqrt(np.where(variance > 0, variance, 1)), np.copysign(np.inf, deviation)
    )
    return score
