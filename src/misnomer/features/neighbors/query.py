"""The rows most similar to one or several vectors, exactly, among any of the rows."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from misnomer.features.neighbors.halves import half_products, let_go, near_each_other
from misnomer.features.neighbors.top import largest

_BLOCK_ROWS = 8192
_SURVEYED_ROWS = 256  # whose vectors stay in the processor's cache
_MARGIN = 0.004  # the length of a vector in half precision is 1 to 0.0005: so are two products, and their cosines


def most_similar(
    vectors: np.ndarray, queries: np.ndarray, among: np.ndarray, limit: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows by the distance to the query that is nearest to each.

    Of many rows, first the products are surveyed, then the cosines of those that can be among the nearest compared.

    Args:
        vectors: (n, d) float16 of length 1, in memory or memory-mapped.
        queries: (q, d) of length about 1, q ≥ 1.
        among: (c,) rows that may be found, ascending.
        limit: at most so many.

    Returns:
        Rows (m,) int64, cosine distances (m,) float64, and the nearest query of each (m,) int64; nearest first, of
        equally near ones the first row. m is the smaller of limit and c.
    """
    units = queries.astype(np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    if len(among) > max(_BLOCK_ROWS, limit):
        among = among[_can_be_nearest(vectors, units, among, limit)]
    rows, cosines, nearest = np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.int64)
    for start in range(0, len(among), _BLOCK_ROWS):
        block_rows = among[start : start + _BLOCK_ROWS]
        block = vectors[block_rows].astype(np.float32)
        products = block @ units.T
        query = products.argmax(axis=1)
        best = products[np.arange(len(block)), query] / np.linalg.norm(block, axis=1)
        best = best.round(6)  # equal pictures are equally near, however their block was multiplied
        rows, cosines, nearest = (
            np.concatenate(pair) for pair in ((rows, block_rows), (cosines, best), (nearest, query))
        )
        if len(rows) > limit:
            kept = np.sort(largest(cosines[None], limit)[0])
            rows, cosines, nearest = rows[kept], cosines[kept], nearest[kept]
    order = np.argsort(-cosines, kind="stable")[:limit]
    return rows[order], np.clip(1 - cosines[order].astype(np.float64), 0, 2), nearest[order]


def _can_be_nearest(vectors: np.ndarray, units: np.ndarray, among: np.ndarray, limit: int) -> np.ndarray:
    """Places in ``among`` of the rows whose product is not so far below the best that their cosine must be, too."""
    products = np.empty(len(among), np.float32)

    def survey(start: int, end: int) -> None:
        for first in range(start, end, _SURVEYED_ROWS):
            rows = among[first : min(first + _SURVEYED_ROWS, end)]
            consecutive = rows[-1] - rows[0] == len(rows) - 1
            part = np.asarray(vectors[rows[0] : rows[-1] + 1] if consecutive else vectors[rows])
            products[first : first + len(rows)] = half_products(part, units).max(axis=1)

    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as threads:
        for near in near_each_other(vectors, among):
            bounds = [near.start + (near.stop - near.start) * part // cores for part in range(cores + 1)]
            list(threads.map(survey, bounds[:-1], bounds[1:]))
            let_go(vectors)
    limit_product = np.partition(products, len(products) - limit)[len(products) - limit]
    return np.flatnonzero(products >= limit_product - _MARGIN)
