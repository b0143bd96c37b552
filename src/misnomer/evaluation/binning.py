"""Cut a metric into bins. Equal values are never split, and no bin is smaller than asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.edges import count_edges_below
from misnomer.evaluation.ordered_metric import AscendingValues

MINIMUM_COUNT = 20  # samples in a bin, unless the user insists


@dataclass(frozen=True)
class Bins:
    """Neighbouring bins of ordered values.

    Attributes:
        edges: (B + 1,) float64; bin i holds the values in [edges[i], edges[i + 1]), the last also its high end.
        starts: (B + 1,) int64; bin i holds the positions from starts[i] up to starts[i + 1].
    """

    edges: np.ndarray
    starts: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """(B,) int64, samples in each bin."""
        return np.diff(self.starts)

    def codes_of(self, values: np.ndarray) -> np.ndarray:
        """(n,) int64, the bin of each of the values that were cut, in any order."""
        return count_edges_below(values, self.edges[1:-1], side="right")

    def sums(self, flags: np.ndarray) -> np.ndarray:
        """(B,) int64, how many of the (n,) ordered flags are set in each bin."""
        running = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
        return np.diff(running[self.starts])


def equal_count_bins(metric: AscendingValues, bin_count: int, minimum_count: int = MINIMUM_COUNT) -> Bins:
    """At most ``bin_count`` bins of nearly equal counts: quantile cuts, moved to the nearest change of value.

    The edges are values of the data.

    >>> metric = AscendingValues.of(np.array([0.0, 1.0, 1.0, 1.0, 4.0, 5.0]))
    >>> equal_count_bins(metric, 3, minimum_count=1).counts.tolist()
    [1, 3, 2]
    """
    size = len(metric.values)
    if size == 0:
        return Bins(np.zeros(1), np.zeros(1, np.int64))
    wanted = np.arange(1, bin_count) * size / bin_count
    cuts = np.unique(_nearest(np.append(metric.run_starts, size), wanted))
    starts = _merged([0, *cuts.tolist(), size], max(minimum_count, 1))
    return Bins(metric.values[np.minimum(starts, size - 1)], starts)


def equal_width_bins(metric: AscendingValues, bin_count: int, minimum_count: int = MINIMUM_COUNT) -> Bins:
    """At most ``bin_count`` bins of equal width; too small neighbours are merged.

    With ``minimum_count`` 0 none is merged, and bins can be empty.
    """
    size = len(metric.values)
    if size == 0:
        return Bins(np.zeros(1), np.zeros(1, np.int64))
    edges = np.linspace(metric.values[0], metric.values[-1], bin_count + 1)
    inner = np.searchsorted(metric.values, edges[1:-1], side="left")
    all_starts = [0, *inner.tolist(), size]
    if minimum_count == 0:
        return Bins(edges, np.array(all_starts))
    starts = _merged(all_starts, minimum_count)
    last_edge_at = np.searchsorted(all_starts, starts, side="right") - 1
    return Bins(edges[last_edge_at], starts)


def _nearest(boundaries: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    above = np.searchsorted(boundaries, np.ceil(wanted).astype(np.int64))  # floats would have all boundaries copied
    low, high = boundaries[above - 1], boundaries[above]
    return np.asarray(np.where(wanted - low <= high - wanted, low, high))


def _merged(starts: Sequence[int], minimum_count: int) -> np.ndarray:
    """Drop starts from the left until every bin has ``minimum_count``, the last taking what remains."""
    *candidates, size = starts
    kept = [0]
    for start in candidates:
        if start - kept[-1] >= minimum_count:
            kept.append(start)
    while len(kept) > 1 and size - kept[-1] < minimum_count:
        kept.pop()
    return np.array([*kept, size])
