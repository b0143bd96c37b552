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
    for bands in combinations(_bands(max_distance + 2), 2):
        for first, second, distances in _sharing(unique, bands, max_distance):
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


def _bands(count: int) -> list[tuple[int, int]]:
    """Lowest bit of each band, and the one after its highest."""
    return list(pairwise(np.linspace(0, _BITS, count + 1).round().astype(int).tolist()))


def _sharing(
    unique: np.ndarray, bands: tuple[tuple[int, int], tuple[int, int]], max_distance: int
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Pairs of hashes that agree in two bands and differ in few bits elsewhere, with the number of these."""
    moved, other_bits = _moved_to_top(unique, bands)
    order = np.argsort(moved)  # of plain numbers, NumPy's vectorised sort: a tenth of the time of lexsort
    ordered = moved[order]
    keys = ordered >> np.uint64(other_bits)
    active = np.flatnonzero(keys[:-1] == keys[1:])
    for offset in range(1, _WINDOW + 1):
        if not active.size:
            return
        distances = np.bitwise_count(ordered[active] ^ ordered[active + offset])
        near = distances <= max_distance
        yield order[active[near]], order[active[near] + offset], distances[near]
        active = active[active + offset + 1 < len(unique)]
        active = active[keys[active] == keys[active + offset + 1]]


def _moved_to_top(hashes: np.ndarray, bands: tuple[tuple[int, int], tuple[int, int]]) -> tuple[np.ndarray, int]:
    """(n,) uint64: the hashes with the bits of two bands above all others; how many others there are."""
    (low, high), (low2, high2) = bands

    def bits(start: int, end: int) -> np.ndarray:
        return (hashes >> np.uint64(start)) & np.uint64((1 << (end - start)) - 1)

    moved = np.zeros_like(hashes)
    for start, end in ((low2, high2), (low, high), (high2, _BITS), (high, low2), (0, low)):
        if start < end:
            moved = (moved << np.uint64(end - start)) | bits(start, end)
    return moved, _BITS - (high - low) - (high2 - low2)
