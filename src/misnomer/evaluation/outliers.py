"""Outliers of a metric, by Tukey's fences."""

from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.quartiles import quartiles

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


@dataclass(frozen=True)
class Outliers(Fences):
    """The samples outside a metric's fences.

    Attributes:
        moderate: (N,) bool, outside the moderate fences and within the severe.
        severe: (N,) bool, outside the severe fences.
    """

    moderate: np.ndarray
    severe: np.ndarray


def fences(values: np.ndarray) -> Fences:
    """Tukey's fences of a metric.

    Args:
        values: (N,) float64; missing ones (NaN or infinite) do not count.

    Source: Tukey 1977; quartiles by linear interpolation, as ``numpy.quantile``.

    >>> fences(np.array([1.0, 2.0, 3.0, 4.0, 100.0])).moderate_fences
    (-1.0, 7.0)
    """
    values = np.asarray(values, np.float64)
    finite = np.isfinite(values)
    known = values if finite.all() else values[finite]
    if known.size == 0:
        return Fences(None, None, None)
    first, third = quartiles(known)
    if first == third:
        return Fences((first, third), None, None)
    return Fences((first, third), _fences(first, third, MODERATE), _fences(first, third, SEVERE))


def outliers(values: np.ndarray) -> Outliers:
    """Moderate and severe outliers of a metric.

    Args:
        values: (N,) float64; missing ones (NaN or infinite) are never outliers.

    >>> outliers(np.array([1.0, 2.0, 3.0, 4.0, 100.0])).severe.tolist()
    [False, False, False, False, True]
    """
    values = np.asarray(values, np.float64)
    found = fences(values)
    if found.moderate_fences is None or found.severe_fences is None:
        none = np.zeros(values.shape, bool)
        return Outliers(found.quartiles, None, None, none, none)
    moderate, severe = _outside(values, found.moderate_fences), np.zeros(values.shape, bool)
    rows = np.flatnonzero(moderate)
    severe[rows] = _outside(values[rows], found.severe_fences)
    moderate[severe] = False
    return Outliers(found.quartiles, found.moderate_fences, found.severe_fences, moderate, severe)


def _fences(first: float, third: float, reach: float) -> tuple[float, float]:
    return first - reach * (third - first), third + reach * (third - first)


def _outside(values: np.ndarray, bounds: tuple[float, float]) -> np.ndarray:
    return np.asarray(np.isfinite(values) & ((values < bounds[0]) | (values > bounds[1])))
