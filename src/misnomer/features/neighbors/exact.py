"""Exact neighbours by products of blocks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np

from misnomer.features.neighbors.top import largest
from misnomer.features.neighbors.unit_rows import UnitRows

_QUERY_ROWS = 1024
_CORPUS_ROWS = 16_384  # 64 MB of products at a time
_ROUNDING = 1e-6  # of a product of two vectors, in float32

Neighbors = tuple[np.ndarray, np.ndarray]
"""Rows (n, k) int32, −1 where there is none, and cosine distances (n, k) float32, NaN there; nearest first."""


def nearest_rows(
    vectors: UnitRows,
    queries: np.ndarray,
    k: int,
    *,
    among: np.ndarray | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Neighbors:
    """The nearest other rows of some rows.

    Args:
        queries: (m,) rows whose neighbours are wanted.
        among: (c,) rows that can be neighbours, ascending; None: all.
        tell: called with the number of queries done.
    """
    corpus = np.arange(len(vectors)) if among is None else among
    best = nothing(len(queries), k)
    for begin in range(0, len(corpus), _CORPUS_ROWS):
        block = corpus[begin : begin + _CORPUS_ROWS]
        block_vectors = vectors[block].T
        share = min(begin + _CORPUS_ROWS, len(corpus)) / len(corpus)
        share_before = begin / len(corpus)

        def search(start: int, block: np.ndarray = block, block_vectors: np.ndarray = block_vectors) -> int:
            places = np.arange(start, min(start + _QUERY_ROWS, len(queries)))
            _improve(best, places, vectors[queries[places]] @ block_vectors, queries[places], block)
            return int(places[-1]) + 1

        for done in in_threads(search, range(0, len(queries), _QUERY_ROWS)):
            tell(int(share_before * len(queries) + (share - share_before) * done))
    return best


def nearest_of_added(
    vectors: UnitRows,
    known: np.ndarray,
    neighbors: Neighbors,
    added: np.ndarray,
    *,
    tell: Callable[[int], None] = lambda done: None,
) -> Neighbors:
    """The nearest other rows of rows with known neighbours and of added ones: each pair of the two is compared once.

    Args:
        known, added: (m,), (a,) rows, ascending, all rows together.
        neighbors: (m, k) of the known rows among themselves.
        tell: called with the number of known rows done.
    """
    k = neighbors[0].shape[1]
    best = nothing(len(vectors), k)
    best[0][known], best[1][known] = neighbors
    added_vectors = vectors[added].T
    of_added = Lock()

    def compare(start: int) -> int:
        rows = known[start : start + _QUERY_ROWS]
        cosines = vectors[rows] @ added_vectors
        with of_added:
            _improve(best, added, cosines.T, added, rows)
        _improve(best, rows, cosines, rows, added)
        return min(start + _QUERY_ROWS, len(known))

    for done in in_threads(compare, range(0, len(known), _QUERY_ROWS)):
        tell(done)
    among_added = nearest_rows(vectors, added, k, among=added)
    best[0][added], best[1][added] = merged((best[0][added], best[1][added]), among_added, k)
    return best


def _improve(best: Neighbors, places: np.ndarray, cosines: np.ndarray, queries: np.ndarray, corpus: np.ndarray) -> None:
    """Put what is nearer than the last of a list into it.

    Args:
        best: lists of which those at the places (m,) are changed; NaN is farther than anything.
        cosines: (m, c) of the queries (m,) with the corpus (c,); changed.
    """
    if not cosines.size:
        return
    rows, distances = best
    improved = np.flatnonzero(~(cosines.max(axis=1) < 1 - distances[places, -1] - _ROUNDING))
    k = rows.shape[1]
    found = nearest_of_products(np.ascontiguousarray(cosines[improved]), queries[improved], corpus, k)
    changed = places[improved]
    rows[changed], distances[changed] = merged((rows[changed], distances[changed]), found, k)


def in_threads(work: Callable[[int], int], items: range | list[int]) -> Iterator[int]:
    """Results in order; two at once, so that one is selecting while the other multiplies."""
    with ThreadPoolExecutor(2, thread_name_prefix="misnomer-neighbors") as executor:
        try:
            yield from executor.map(work, items)
        finally:
            executor.shutdown(cancel_futures=True)


def nearest_of_products(cosines: np.ndarray, queries: np.ndarray, corpus: np.ndarray, k: int) -> Neighbors:
    """The nearest others by their cosines.

    Args:
        cosines: (m, c) float32; changed.
        queries, corpus: (m,), (c,) rows; the corpus ascending.
    """
    places = np.searchsorted(corpus, queries)
    is_there = np.flatnonzero(corpus[np.minimum(places, len(corpus) - 1)] == queries)
    cosines[is_there, places[is_there]] = -np.inf
    columns = largest(cosines, min(k, len(corpus)))
    distances = 1 - np.take_along_axis(cosines, columns, axis=1)
    is_self = np.isinf(distances)
    rows = np.where(is_self, -1, corpus[columns]).astype(np.int32)
    distances = np.where(is_self, np.nan, np.clip(distances, 0, 2)).astype(np.float32)
    lacking = ((0, 0), (0, k - rows.shape[1]))
    return np.pad(rows, lacking, constant_values=-1), np.pad(distances, lacking, constant_values=np.nan)


def merged(one: Neighbors, other: Neighbors, k: int) -> Neighbors:
    """The k nearest of two lists of neighbours of the same rows, which have none in common."""
    rows, distances = (np.concatenate(pair, axis=1) for pair in zip(one, other, strict=True))
    order = np.lexsort((rows, distances), axis=1)[:, :k]  # NaN comes last
    return np.take_along_axis(rows, order, axis=1), np.take_along_axis(distances, order, axis=1)


def nothing(count: int, k: int) -> Neighbors:
    """No neighbours."""
    return np.full((count, k), -1, np.int32), np.full((count, k), np.nan, np.float32)
