"""Groups of duplicates from links between samples: who is in them, who is kept, and what is odd about them."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Groups:
    """Groups of at least two samples, in the order of their kept samples.

    Attributes:
        members: (m,) int64 rows of samples, group by group, the kept one first, then ascending.
        starts: (g + 1,) int64; group i has members[starts[i]:starts[i + 1]].
        exact: (g,) bool: links of equal pixels alone hold the group together.
        mirrored: (g,) bool: without links to mirrored pictures it would fall apart.
    """

    members: np.ndarray
    starts: np.ndarray
    exact: np.ndarray
    mirrored: np.ndarray

    @property
    def sizes(self) -> np.ndarray:
        """(g,) int64, samples of each group."""
        return np.diff(self.starts)

    @property
    def of_member(self) -> np.ndarray:
        """(m,) int64, the group of each member."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @property
    def is_kept(self) -> np.ndarray:
        """(m,) bool: the one member of each group that stays."""
        kept = np.zeros(len(self.members), bool)
        kept[self.starts[:-1]] = True
        return kept

    def of(self, chosen: np.ndarray) -> "Groups":
        """Some of the groups, in the order given.

        Args:
            chosen: (c,) indices of groups.
        """
        sizes = self.sizes[chosen]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes)
        return Groups(
            self.members[np.repeat(self.starts[chosen], sizes) + within],
            starts,
            self.exact[chosen],
            self.mirrored[chosen],
        )


def group_duplicates(
    first: np.ndarray, second: np.ndarray, is_exact: np.ndarray, is_mirrored: np.ndarray, areas: np.ndarray
) -> Groups:
    """Connected components of the links.

    Args:
        first, second: (n,) int64 rows of linked samples, which are in the order of their keys.
        is_exact, is_mirrored: (n,) bool: the link is one of equal pixels, one between a picture and a mirrored one.
        areas: (N,) number of pixels of each sample, by which the kept one is chosen: the largest, of these the first.
    """
    if not len(areas):
        return Groups(np.empty(0, np.int64), np.zeros(1, np.int64), np.empty(0, bool), np.empty(0, bool))
    rows = np.arange(len(areas))
    components = _components(first, second, len(areas))
    starts = np.concatenate([[0], np.cumsum(np.bincount(components))])
    is_kept = np.zeros(len(areas), bool)
    is_kept[np.lexsort((rows, -areas, components))[starts[:-1]]] = True
    members = np.lexsort((rows, ~is_kept, components))

    def held_by(links: np.ndarray) -> np.ndarray:
        connected = _components(first[links], second[links], len(areas))[members]
        lowest, highest = (pick.reduceat(connected, starts[:-1]) for pick in (np.minimum, np.maximum))
        return np.asarray(lowest == highest)

    groups = Groups(members, starts, held_by(is_exact), ~held_by(~is_mirrored))
    several = np.flatnonzero(groups.sizes > 1)
    return groups.of(several[np.argsort(members[starts[several]])])


def differs_within(groups: Groups, values: np.ndarray) -> np.ndarray:
    """(g,) bool: at least two members have known values that are not equal.

    Args:
        values: (N,) whole numbers by sample; negative: not known.
    """
    known = values[groups.members]
    if not len(known):
        return np.zeros(0, bool)
    largest = np.maximum.reduceat(known, groups.starts[:-1])
    smallest = np.minimum.reduceat(np.where(known < 0, np.iinfo(np.int64).max, known), groups.starts[:-1])
    return np.asarray(smallest < largest)


def copies_within(
    first: np.ndarray, second: np.ndarray, distances: np.ndarray, thresholds: np.ndarray, sample_count: int
) -> np.ndarray:
    """(t,) int64: how many samples are not the kept one of their group, when links up to each threshold count.

    A spanning forest has one link for each such sample, so that one forest answers for every threshold.

    Args:
        first, second, distances: (n,) links.
        thresholds: (t,) distances.
        sample_count: N.
    """
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    order = np.lexsort((distances, second, first))
    first, second, distances = first[order], second[order], distances[order]
    new = np.append(True, (np.diff(first) != 0) | (np.diff(second) != 0))[: len(first)]
    graph = coo_array((distances[new] + 1, (first[new], second[new])), (sample_count, sample_count))
    lengths = np.sort(minimum_spanning_tree(csr_array(graph)).tocoo().data - 1)
    return np.asarray(np.searchsorted(lengths, np.asarray(thresholds) + 1e-9, side="right"))


def _components(first: np.ndarray, second: np.ndarray, sample_count: int) -> np.ndarray:
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(first), np.int8), (first, second)), (sample_count, sample_count))
    return np.asarray(connected_components(csr_array(graph), directed=False)[1])
