"""The rows most similar to one or several vectors, exactly, among any of the rows."""

import numpy as np

from misnomer.features.neighbors.top import largest

_BLOCK_ROWS = 8192


def most_similar(
    vectors: np.ndarray, queries: np.ndarray, among: np.ndarray, limit: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows by the distance to the query that is nearest to each.

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
