"""Outliers of a metric, by Tukey's fences."""

from dataclasses import dataclass

import numpy as np

MODERATE = 1.5  # interquartile ranges beyond the quartiles
SEVERE = 2.5


@dataclass(frozen=True)
class Outliers:
    """The samples outside a metric's fences.

    Attributes:
        quartiles: (Q1, Q3) of the known values; None without any.
        moderate_fences, severe_fences: (low, high); None when IQR = 0, which flags nothing.
        moderate: (N,) bool, outside the moderate fences and within the severe.
        severe: (N,) bool, outside the severe fences.
    """

    quartiles: tuple[float, float] | None
    moderate_fences: tuple[float, float] | None
    severe_fences: tuple[float, float] | None
    moderate: np.ndarray
    severe: np.ndarray


def outliers(values: np.ndarray) -> Outliers:
    """Moderate and severe outliers of a metric.

    Args:
        values: (N,) float64; missing ones (NaN or infinite) are never outliers.

    Source: Tukey 1977; quartiles by linear interpolation, as ``numpy.quantile``.

    >>> outliers(np.array([1.0, 2.0, 3.0, 4.0, 100.0])).severe.tolist()
    [False, False, False, False, True]
    """
    values = np.asarray(values, np.float64)
    known = values[np.isfinite(values)]
    none = np.zeros(values.shape, bool)
    if known.size == 0:
        return Outliers(None, None, None, none, none)
    first, third = np.quantile(known, [0.25, 0.75]).tolist()
    if first == third:
        return Outliers((first, third), None, None, none, none)
    moderate_fences, severe_fences = _fences(first, third, MODERATE), _fences(first, third, SEVERE)
    severe = _outside(values, severe_fences)
    moderate = _outside(values, moderate_fences) & ~severe
    return Outliers((first, third), moderate_fences, severe_fences, moderate, severe)


def _fences(first: float, third: float, reach: float) -> tuple[float, float]:
    return first - reach * (third - first), third + reach * (third - first)


def _outside(values: np.ndarray, fences: tuple[float, float]) -> np.ndarray:
    return np.asarray(np.isfinite(values) & ((values < fences[0]) | (values > fences[1])))
