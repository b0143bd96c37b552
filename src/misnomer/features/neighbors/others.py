"""The nearest other images: a sample's neighbours, duplicates of itself excepted."""

import numpy as np

from misnomer.features.neighbors.exact import Neighbors, nearest_rows, nothing
from misnomer.features.neighbors.unit_rows import UnitRows

_SEARCHED_PAIRS = 4_000_000_000  # of large groups' kept rows with all rows; a minute or two


def nearest_others(
    vectors: np.ndarray, neighbors: Neighbors, groups: np.ndarray, k: int, *, own_groups: np.ndarray | None = None
) -> Neighbors:
    """The first k neighbours of each row that are not in its duplicate group.

    Where a group is so large that it fills the list, its first row is searched again among all rows and the group
    shares what it finds, as long as that takes a minute or two; beyond, such rows have fewer neighbours or none.

    Args:
        vectors: (n, d) of length 1.
        neighbors: rows (r, m) int32 and distances (r, m) float32, nearest first, m ≥ k, of all rows or of some.
        groups: (n,) int64, number of each row's duplicate group; −1: in none.
        own_groups: (r,) those of the rows whose neighbours are given; None: all rows.
    """
    own_groups = groups if own_groups is None else own_groups
    found = _without_group(neighbors, own_groups, groups, k)
    fewest = min(k, neighbors[0].shape[1], max(0, len(groups) - 1))
    lacking = np.flatnonzero(((found[0] >= 0).sum(axis=1) < fewest) & (own_groups >= 0))
    if len(lacking):
        numbers, first, sizes = np.unique(groups[groups >= 0], return_index=True, return_counts=True)
        chosen = np.isin(numbers, own_groups[lacking])
        searched = np.flatnonzero(groups >= 0)[first[chosen]]
        if len(searched) * len(groups) <= _SEARCHED_PAIRS:
            wide = nearest_rows(UnitRows(vectors), searched, k + int(sizes[chosen].max()) - 1)
            better = _without_group(wide, groups[searched], groups, k)
            of_row = np.searchsorted(numbers[chosen], own_groups[lacking])
            found[0][lacking], found[1][lacking] = better[0][of_row], better[1][of_row]
    return found


def _without_group(neighbors: Neighbors, own_groups: np.ndarray, groups: np.ndarray, k: int) -> Neighbors:
    rows, distances = neighbors
    group_of_neighbor = np.where(rows >= 0, groups[rows], -1)
    is_other = (rows >= 0) & ((group_of_neighbor != own_groups[:, None]) | (own_groups[:, None] < 0))
    place = np.cumsum(is_other, axis=1) - 1
    kept = is_other & (place < k)
    found = nothing(len(rows), k)
    at_row, at_column = np.nonzero(kept)
    found[0][at_row, place[kept]] = rows[at_row, at_column]
    found[1][at_row, place[kept]] = distances[at_row, at_column]
    return found
