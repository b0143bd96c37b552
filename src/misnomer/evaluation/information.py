"""What a partition of samples tells about right and wrong: mutual information, its chance part taken off.

Everything is in nats summed over samples, so that the parts of strata add up.
"""

import numpy as np


def uncertainty(wrong: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Entropy of right/wrong times the number of samples, for each group.

    Args:
        wrong: (…) numbers in [0, counts].
        counts: (…) samples in each group.

    Returns:
        (…) float64, counts · H(wrong / counts); 0 for an empty group.

    >>> (uncertainty(np.array([2, 0]), np.array([4, 9])) / np.log(2)).round(9).tolist()
    [4.0, 0.0]
    """
    return np.asarray(_x_log_x(counts) - _x_log_x(wrong) - _x_log_x(counts - wrong))


def expected_uncertainty(
    counts: np.ndarray, stratum: np.ndarray, totals: np.ndarray, total_wrong: np.ndarray
) -> np.ndarray:
    """Mean of ``uncertainty`` over groups drawn at random, without replacement, from a stratum.

    Args:
        counts: (n,) int64, samples in each group.
        stratum: (n,) int64, the stratum that each group is drawn from.
        totals, total_wrong: (strata,) int64, samples and wrong samples of each stratum.

    Returns:
        (n,) float64. The exact hypergeometric mean but for tails beyond ten standard deviations.

    Source: Vinh, Epps & Bailey 2010; equal to scikit-learn's ``expected_mutual_information`` in tests/reference.
    """
    kinds, kind = np.unique(np.stack([totals, total_wrong]), axis=1, return_inverse=True)
    step = int(counts.max(initial=0)) + 1
    cases, case = np.unique(kind.ravel()[stratum] * step + counts, return_inverse=True)
    return _hypergeometric_means(cases % step, *kinds[:, cases // step])[case]


def chance_information(counts: np.ndarray, total_wrong: int) -> float:
    """What groups of these counts seem to tell on average when ``total_wrong`` fall into them at random.

    For large groups it is Miller and Madow's (groups − 1) / 2; for few wrong samples it is less.
    """
    total, wrong = counts.sum(keepdims=True), np.array([total_wrong])
    left = expected_uncertainty(counts, np.zeros_like(counts), total, wrong).sum()
    return float(uncertainty(wrong, total)[0] - left)


def information_share(counts: np.ndarray, wrong: np.ndarray, stratum: np.ndarray) -> float | None:
    """Share of the uncertainty about right and wrong, within strata, that groups of samples take away.

    The plug-in estimate of I(R; group | stratum) / H(R | stratum), less the value that it has on average when the
    groups are drawn at random within the strata; so 0 means nothing, and negative values are chance.

    Args:
        counts, wrong: (n,) int64, samples and wrong samples of each group.
        stratum: (n,) int64, the stratum of each group, 0 … .

    Returns:
        A number up to 1; None when nothing is uncertain within any stratum.
    """
    totals = np.bincount(stratum, counts).astype(np.int64)
    total_wrong = np.bincount(stratum, wrong).astype(np.int64)
    whole = uncertainty(total_wrong, totals).sum()
    if not np.any((total_wrong > 0) & (total_wrong < totals)):
        return None
    expected = expected_uncertainty(counts, stratum, totals, total_wrong).sum()
    return float((expected - uncertainty(wrong, counts).sum()) / whole)


def _x_log_x(x: np.ndarray) -> np.ndarray:
    x = np.asarray(x, np.float64)
    return np.asarray(x * np.log(np.maximum(x, 1)))


def _hypergeometric_means(counts: np.ndarray, totals: np.ndarray, total_wrong: np.ndarray) -> np.ndarray:
    """Mean uncertainty of each case, over the window of wrong counts that has any weight."""
    low, high = _window(counts, totals, total_wrong)
    lengths = high - low + 1
    case = np.repeat(np.arange(len(counts)), lengths)
    first = np.cumsum(lengths) - lengths
    wrong = np.arange(lengths.sum()) - first[case] + low[case]
    n = counts[case]
    log_weight = _log_choose(total_wrong[case], wrong) + _log_choose((totals - total_wrong)[case], n - wrong)
    weight = np.exp(log_weight - np.maximum.reduceat(log_weight, first)[case])
    weighted = np.add.reduceat(weight * uncertainty(wrong, n), first)
    return np.asarray(weighted / np.add.reduceat(weight, first))


def _window(counts: np.ndarray, totals: np.ndarray, total_wrong: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    fraction = total_wrong / totals
    mean = counts * fraction
    reach = 10 * np.sqrt(mean * (1 - fraction)) + 10
    low = np.maximum(np.floor(mean - reach), np.maximum(0, counts - (totals - total_wrong)))
    high = np.minimum(np.ceil(mean + reach), np.minimum(counts, total_wrong))
    return low.astype(np.int64), high.astype(np.int64)


def _log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    from scipy.special import gammaln

    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0))
