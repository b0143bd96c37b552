"""Outliers of a metric, by Tukey's fences."""

from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.quartiles import QuartileSearch

MODERATE = 1.5  # interquartile ranges beyond the quartiles
SEVERE = 2.5


@dataclass(frozen=True)
class Fences:
    """Beyond which values a metric's are outliers.

    Attributes:
        quartiles: (Q1, Q3) of the known values; None without any.
        moderate_fences, severe_fences: (low, high); None when IQR = 0, which flags nothing.
    """

    quartiles: tuple[float, float] | None
    moderate_fences: tuple[float, float] | None
    severe_fences: tuple[float, float] | None


class OutlierSearch:
    """A metric's fences, and the samples beyond them, of values that come piece by piece.

    Only what can lie beyond a fence is kept, by where a sample of the values has its quartiles.

    Args:
        sample: (s,) float64, finite, of the values, drawn at random; few: everything is kept.

    >>> search = OutlierSearch(np.empty(0))
    >>> search.add(np.arange(5), np.array([1.0, 2.0, 3.0, 4.0, 100.0]))
    >>> search.fences().moderate_fences
    (-1.0, 7.0)
    """

    def __init__(self, sample: np.ndarray) -> None:
        self.known_count = 0
        self._quartiles = QuartileSearch(sample)
        # No moderate fence lies nearer to the middle: with rounding, too, since it never changes an order.
        self._low, self._high = _fences(*self._quartiles.middle, MODERATE)
        self._ids: list[np.ndarray] = []
        self._values: list[np.ndarray] = []

    def add(self, ids: np.ndarray, values: np.ndarray) -> None:
        """Take the next (n,) values, float64; missing ones (NaN or infinite) do not count."""
        finite = np.isfinite(values)
        if not finite.all():
            ids, values = ids[finite], values[finite]
        self.known_count += len(values)
        self._quartiles.add(values)
        beyond = np.flatnonzero((values < self._low) | (values > self._high))
        self._ids.append(ids[beyond])
        self._values.append(values[beyond])

    @property
    def is_misled(self) -> bool:
        """Whether the quartiles lie elsewhere than the sample said: only without one are they then found."""
        return self.known_count > 0 and self._quartiles.found() is None

    def fences(self) -> Fences:
        """Tukey's fences.

        Source: Tukey 1977; quartiles by linear interpolation, as ``numpy.quantile``.
        """
        found = self._quartiles.found()
        if found is None:
            return Fences(None, None, None)
        if found[0] == found[1]:
            return Fences(found, None, None)
        return Fences(found, _fences(*found, MODERATE), _fences(*found, SEVERE))

    def beyond(self, fences: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
        """Ids, ascending, and values of the samples beyond moderate or severe fences."""
        ids, values = np.concatenate(self._ids), np.concatenate(self._values)
        kept = np.flatnonzero((values < fences[0]) | (values > fences[1]))
        kept = kept[np.argsort(ids[kept], kind="stable")]
        return ids[kept], values[kept]


def _fences(first: float, third: float, reach: float) -> tuple[float, float]:
    return first - reach * (third - first), third + reach * (third - first)
