"""The quartiles of many numbers, without putting them in order."""

import numpy as np

_SAMPLE = 16_384  # of so many values the quartiles' neighbourhood is guessed
_REACH = 222  # four standard deviations of a quartile's rank in the sample


def quartiles(known: np.ndarray) -> tuple[float, float]:
    """First and third quartile, by linear interpolation: what ``numpy.quantile`` gives, at a third of its time.

    Args:
        known: (n,) float64, finite, not empty.

    >>> quartiles(np.array([1.0, 2.0, 3.0, 4.0, 100.0]))
    (2.0, 4.0)
    """
    if len(known) < 4 * _SAMPLE:
        first, third = np.quantile(known, [0.25, 0.75]).tolist()
        return first, third
    sample = np.sort(known[:: len(known) // _SAMPLE])
    return _quantile(known, sample, 0.25), _quantile(known, sample, 0.75)


def _quantile(known: np.ndarray, sample: np.ndarray, share: float) -> float:
    """By the few values around that of the sample; by all if it is not among them."""
    position = (len(known) - 1) * share
    rank = int(position)
    guess = int((len(sample) - 1) * share)
    low, high = sample[guess - _REACH], sample[guess + _REACH]
    around = known[(known >= low) & (known <= high)]
    first = rank - int(np.count_nonzero(known < low))
    if not 0 <= first < len(around) - 1:
        around, first = known, rank
    neighbours = np.partition(around, [first, first + 1])[first : first + 2]
    return float(np.quantile(neighbours, position - rank))
