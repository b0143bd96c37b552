"""Where values lie among the edges of bins."""

from typing import Literal

import numpy as np

_MOST_COMPARED = 40  # edges that are compared with every value, one by one, in less time than each value is looked up
_PIECE_ROWS = 32_768  # which the processor's cache holds


def count_edges_below(values: np.ndarray, edges: np.ndarray, *, side: Literal["left", "right"]) -> np.ndarray:
    """(n,) int64, how many of the ascending edges lie below each value, as ``np.searchsorted`` tells.

    Where edges are few, comparing piece by piece takes a quarter of the time of a search.

    Args:
        values: (n,) float; of a NaN the count means nothing.
        edges: (e,) float, ascending.
        side: left: an edge that equals a value is not below it; right: it is.
    """
    if len(edges) > _MOST_COMPARED:
        return np.searchsorted(edges, values, side=side)
    is_below = np.greater if side == "left" else np.greater_equal
    counts = np.empty(len(values), np.int64)
    for start in range(0, len(values), _PIECE_ROWS):
        piece = values[start : start + _PIECE_ROWS]
        below = np.zeros(len(piece), np.int8)
        for edge in edges:
            below += is_below(piece, edge)
        counts[start : start + _PIECE_ROWS] = below
    return counts
