"""Products of vectors in half precision, whose widening by NumPy takes five times as long as the product."""

import mmap
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

_EXTENT_BYTES = 64 << 20
_SHIFT = 13  # bits that the fraction of single precision has more
_SIGN_AND_REST = np.int32(-0x70000001)  # without the copies of the sign between
_SCALE = np.float32(2.0**112)  # by which single precision reads the shifted bits too small: its exponents begin lower


def half_products(vectors: np.ndarray, queries: np.ndarray) -> np.ndarray:
    """Scalar products of rows with queries, as of the rows in single precision.

    The bits of a half, shifted to where single precision has them, are the number times 2⁻¹¹², exactly, subnormal ones
    included; the queries are larger by as much.

    Args:
        vectors: (n, d) float16, finite.
        queries: (q, d) float32, below 2¹⁵.

    Returns:
        (n, q) float32.
    """
    singles, scaled = _shifted(vectors), queries * _SCALE
    if len(scaled) == 1:  # of one, each of BLAS's threads would wait for the others longer than it takes
        return np.asarray(np.vecdot(singles, scaled)[:, None])
    return np.asarray(singles @ scaled.T)


def read_rows(vectors: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """(m, d) float32 some rows of a matrix of finite halves, a memory-mapped one in little memory."""
    read = np.empty((len(rows), vectors.shape[1]), np.float32)
    order = np.argsort(rows)
    for places in near_each_other(vectors, rows[order]):
        read[order[places]] = _shifted(vectors[rows[order[places]]]) * _SCALE
        let_go(vectors)
    return read


def near_each_other(vectors: np.ndarray, rows: np.ndarray) -> Iterator[slice]:
    """Places among (m,) ascending rows of those within some megabytes: the system reads what is around a row, too."""
    extent = max(1, _EXTENT_BYTES // (vectors.shape[1] * vectors.itemsize))
    bounds = np.searchsorted(rows, np.arange(0, len(vectors) + extent, extent)).tolist()
    return (slice(start, end) for start, end in pairwise(bounds) if start < end)


def _shifted(halves: np.ndarray) -> np.ndarray:
    """Halves in single precision, times 2⁻¹¹²."""
    widened = np.left_shift(halves.view(halves.dtype.str.replace("f", "i")), _SHIFT, dtype=np.int32)
    np.bitwise_and(widened, _SIGN_AND_REST, out=widened)
    return np.asarray(widened.view(np.float32))


def let_go(vectors: np.ndarray) -> None:
    """Give back the memory of what has been read of a memory-mapped matrix; the system's cache keeps it."""
    mapped: object = vectors.base
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
        mapped.madvise(mmap.MADV_DONTNEED)
