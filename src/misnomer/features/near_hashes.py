"""Pairs of 64-bit hashes that differ in few bits, without comparing all with all."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np

from misnomer.features.links import NO_LINKS, Links, components, spanning_forest

_BITS = 64
# Of hashes that share two bands, each is compared with at most this many: what bounds the time where many thousand
# different hashes are alike.
_WINDOW = 256
_PENDING_LINKS = 1 << 20


def near_hashes(hashes: np.ndarray, max_distance: int) -> Links:
    """Links between hashes of at most ``max_distance`` different bits, as a spanning forest.

    The 64 bits are cut into ``max_distance + 2`` bands; two hashes within the distance agree in two of the bands at
    least (pigeonhole), so that only hashes that agree in two are compared. Every link needed for the groups is found
    unless more than 256 different hashes agree in two bands; of these each is compared with the 256 next in the order
    of the remaining bits, once for each pair of bands that they agree in.

    Args:
        hashes: (N,) uint64; equal ones are linked one to the next in this order.

    Source: Norouzi, Punjani & Fleet 2014, "Fast exact search in Hamming space with multi-index hashing".

    >>> links = near_hashes(np.array([0b1111, 0b0111, 2**60 - 1], np.uint64), 4)
    >>> links.first.tolist(), links.second.tolist(), links.distances.tolist()
    ([0], [1], [1.0])
    """
    order = np.argsort(hashes, kind="stable")
    ascending = hashes[order]
    is_first = np.append(True, ascending[1:] != ascending[:-1])[: len(hashes)]
    unique, first_rows = ascending[is_first], order[is_first]
    equal = Links.of(order[:-1][~is_first[1:]], order[1:][~is_first[1:]], np.zeros(np.count_nonzero(~is_first)))
    forest = _Forest(len(unique), max_distance)
    for mask in _band_masks(max_distance + 2):
        for first, second, distances in _sharing(unique, mask, max_distance):
            forest.add(first, second, distances)
    links = forest.finished()
    return equal + Links.of(first_rows[links.first], first_rows[links.second], links.distances)


class _Forest:
    """A spanning forest that grows: links between what is connected already are dropped at once."""

    def __init__(self, count: int, max_distance: int) -> None:
        self._count = count
        self._groups = np.tile(np.arange(count, dtype=np.int32), (max_distance + 1, 1))
        self._links = NO_LINKS
        self._pending: list[Links] = []

    def add(self, first: np.ndarray, second: np.ndarray, distances: np.ndarray) -> None:
        new = self._groups[distances, first] != self._groups[distances, second]
        if new.any():
            self._pending.append(Links.of(first[new], second[new], distances[new]))
            if sum(map(len, self._pending)) > _PENDING_LINKS:
                self.finished()

    def finished(self) -> Links:
        if self._pending:
            self._links = spanning_forest(sum(self._pending, self._links), self._count)
            self._pending = []
            for distance, groups in enumerate(self._groups):
                groups[:] = components(self._links.within(distance), self._count)
        return self._links


def _band_masks(band_count: int) -> Iterator[np.uint64]:
    """Masks of any two of the bands."""
    edges = np.linspace(0, _BITS, band_count + 1).round().astype(int).tolist()
    bands = [(1 << high) - (1 << low) for low, high in pairwise(edges)]
    for one, other in combinations(bands, 2):
        yield np.uint64(one | other)


def _sharing(
    unique: np.ndarray, mask: np.uint64, max_distance: int
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Pairs of hashes that agree under the mask and differ in few bits elsewhere, with the number of these."""
    order = np.lexsort((unique & ~mask, unique & mask))
    ordered = unique[order]
    keys = ordered & mask
    active = np.arange(len(unique))
    for offset in range(1, _WINDOW + 1):
        active = active[active + offset < len(unique)]
        active = active[keys[active] == keys[active + offset]]
        if not active.size:
            return
        distances = np.bitwise_count(ordered[active] ^ ordered[active + offset])
        near = distances <= max_distance
        yield order[active[near]], order[active[near] + offset], distances[near]
