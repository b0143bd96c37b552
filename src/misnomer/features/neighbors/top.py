"""The largest numbers of each row."""

import numpy as np

_GROUP = 64


def largest(values: np.ndarray, k: int) -> np.ndarray:
    """Columns of the k largest values of each row, the largest first.

    The k largest are in the k groups of 64 columns that have the largest maximum, so only those are sorted: a pass
    over the values instead of a partition of them, several times as quick.

    Args:
        values: (n, m) float32.
        k: at most m.

    Returns:
        (n, k) int64.
    """
    count, width = values.shape
    group_count = width // _GROUP
    if group_count <= 2 * k:
        return _ordered(values, np.broadcast_to(np.arange(width), values.shape), k)
    whole = group_count * _GROUP
    maxima = values[:, :whole].reshape(count, _GROUP, group_count).max(axis=1)
    groups = np.argpartition(maxima, -k, axis=1)[:, -k:]
    columns = (groups[:, :, None] + np.arange(_GROUP) * group_count).reshape(count, -1)
    rest = np.broadcast_to(np.arange(whole, width), (count, width - whole))
    columns = np.concatenate([columns, rest], axis=1)
    return _ordered(np.take_along_axis(values, columns, axis=1), columns, k)


def _ordered(values: np.ndarray, columns: np.ndarray, k: int) -> np.ndarray:
    if values.shape[1] > k:
        kept = np.argpartition(values, -k, axis=1)[:, -k:]
        values, columns = np.take_along_axis(values, kept, axis=1), np.take_along_axis(columns, kept, axis=1)
    order = np.lexsort((columns, -values), axis=1)
    return np.take_along_axis(columns, order, axis=1)
