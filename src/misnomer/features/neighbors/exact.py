"""Exact neighbours by products of blocks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from misnomer.features.neighbors.top import largest
from misnomer.features.neighbors.unit_rows import UnitRows

_QUERY_ROWS = 1024
_CORPUS_ROWS = 16_384  # 64 MB of products at a time

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
    rows, distances = nothing(len(queries), k)
    for begin in range(0, len(corpus), _CORPUS_ROWS):
        block = corpus[begin : begin + _CORPUS_ROWS]
        block_vectors = vectors[block].T
        share = min(begin + _CORPUS_ROWS, len(corpus)) / len(corpus)
        share_before = begin / len(corpus)

        def search(start: int, block: np.ndarray = block, block_vectors: np.ndarray = block_vectors) -> int:
            part = slice(start, start + _QUERY_ROWS)
            found = nearest_of_products(vectors[queries[part]] @ block_vectors, queries[part], block, k)
            rows[part], distances[part] = merged((rows[part], distances[part]), found, k)
            return min(start + _QUERY_ROWS, len(queries))

        for done in in_threads(search, range(0, len(queries), _QUERY_ROWS)):
            tell(int(share_before * len(queries) + (share - share_before) * done))
    return rows, distances


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
