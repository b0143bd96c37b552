"""A metric in ascending order, with the outcome beside: one sort serves importance, correlation and bins."""

from dataclasses import dataclass

import numpy as np

from misnomer.errors import LengthMismatch


@dataclass(frozen=True)
class AscendingValues:
    """The known values of one metric: enough to cut it into bins, at a fifth of the time of ordering its samples.

    Attributes:
        values: (n,) float64, ascending, finite.
        run_starts: (runs,) int64, positions at which a new value begins.
    """

    values: np.ndarray
    run_starts: np.ndarray

    @classmethod
    def of(cls, known: np.ndarray) -> "AscendingValues":
        """Of (n,) finite values in any order."""
        ascending = np.sort(known)
        return cls(ascending, run_starts(ascending))


@dataclass(frozen=True)
class OrderedMetric(AscendingValues):
    """The known values of one metric with their samples.

    Attributes:
        rows: (n,) int64, which sample each value belongs to; the order of equal values means nothing.
    """

    rows: np.ndarray

    @property
    def run_lengths(self) -> np.ndarray:
        """(runs,) int64, how often each distinct value occurs."""
        return np.diff(self.run_starts, append=len(self.values))


def order_metric(name: str, values: np.ndarray, sample_count: int) -> OrderedMetric:
    """Put a metric in order; a missing value (NaN or infinite) is left out.

    Raises:
        LengthMismatch: not one value a sample.
    """
    values = np.asarray(values, np.float64)
    if values.shape != (sample_count,):
        raise LengthMismatch(
            f"{values.size:,} values of the metric {name!r} but {sample_count:,} samples.",
            hint="Give one value for each sample, NaN where it is not known.",
        )
    known = np.isfinite(values)
    if known.all():
        rows = np.argsort(values)
    else:
        known_rows = np.flatnonzero(known)
        rows = known_rows[np.argsort(values[known_rows])]
    ascending = values[rows]
    return OrderedMetric(ascending, run_starts(ascending), rows)


def run_starts(ascending: np.ndarray) -> np.ndarray:
    """Positions at which a new value begins in sorted values.

    >>> run_starts(np.array([1.0, 1.0, 2.0, 5.0, 5.0])).tolist()
    [0, 2, 3]
    """
    return np.flatnonzero(np.append(len(ascending) > 0, ascending[1:] != ascending[:-1]))
