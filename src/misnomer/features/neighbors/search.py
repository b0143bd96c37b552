"""The nearest neighbours of every vector, exact or approximate by number, and of vectors that are added."""

from collections.abc import Callable

import numpy as np

from misnomer.features.neighbors.approximate import approximate_neighbors
from misnomer.features.neighbors.exact import Neighbors, nearest_of_added, nearest_rows
from misnomer.features.neighbors.unit_rows import UnitRows

VERSION = 1
NEIGHBORS = 20  # ten vote, and ten more may be duplicates of the sample
_EXACT_PAIRS = 20_000**2  # about ten seconds on two cores, with 1,280 dimensions
_ADDED_ROWS = 5_000  # compared with everything in half the time of a whole search, with 100,000 rows as with a million


def find_neighbors(
    vectors: np.ndarray, *, k: int = NEIGHBORS, seed: int = 0, tell: Callable[[int], None] = lambda done: None
) -> Neighbors:
    """The k nearest other rows of every row: exact up to 20,000 rows, above that 0.98 of them on a sample.

    Args:
        vectors: (n, d) float16 of length 1, in memory or memory-mapped.
        k: neighbours of each row.
        seed: of what is drawn for the approximation.
        tell: called with the number of rows done.

    Returns:
        Rows (n, k) int32, −1 where there are fewer than k others, and cosine distances (n, k) float32.
    """
    rows = UnitRows(vectors)
    if len(rows) ** 2 <= _EXACT_PAIRS:
        return nearest_rows(rows, np.arange(len(rows)), k, tell=tell)
    return approximate_neighbors(rows, k, seed=seed, tell=tell)


def can_extend(known_count: int, new_count: int) -> bool:
    """Whether comparing what is new with everything, which is exact, takes no longer than a whole search."""
    is_little = new_count <= _ADDED_ROWS or new_count * (known_count + new_count) <= _EXACT_PAIRS
    return known_count > 0 and is_little


def extend_neighbors(
    vectors: np.ndarray,
    known: np.ndarray,
    neighbors: Neighbors,
    *,
    tell: Callable[[int], None] = lambda done: None,
) -> Neighbors:
    """Neighbours of every row, when those among some of the rows are known: only what is new is compared.

    Args:
        vectors: (n, d) as for ``find_neighbors``.
        known: (m,) rows whose neighbours are known, ascending.
        neighbors: of the known rows, as positions in ``known``.
        tell: called with the number of rows done.
    """
    new = np.setdiff1d(np.arange(len(vectors)), known, assume_unique=True)
    among_known = np.where(neighbors[0] >= 0, known[neighbors[0]], -1).astype(np.int32), neighbors[1]
    found = nearest_of_added(UnitRows(vectors), known, among_known, new, tell=tell)
    tell(len(vectors))
    return found
