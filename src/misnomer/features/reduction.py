"""Area averaging: every original pixel counts by the area it covers."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def reduced_size(width: int, height: int, longer_side_px: int) -> tuple[int, int]:
    """Width and height when the longer side is at most ``longer_side_px``; never enlarged, never 0.

    >>> reduced_size(1920, 1080, 256), reduced_size(20000, 2, 256), reduced_size(30, 20, 256)
    ((256, 144), (256, 1), (30, 20))
    """
    scale = min(1.0, longer_side_px / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def area_average(strips: Iterable[np.ndarray], row_count: int, size: tuple[int, int]) -> np.ndarray:
    """Reduce an image given in strips to ``size``, each pixel the mean of the area it covers.

    Rows are averaged as the strips arrive, then columns. Equal to OpenCV's ``INTER_AREA``, which does not take strips
    and is slower: it is not vectorised where the ratio of the sizes is not a whole number.

    Args:
        strips: (rows, columns, 3) uint8, from top to bottom.
        row_count: rows of all strips together.
        size: (width, height) of the result, neither larger than the image's.

    Returns:
        (height, width, 3) uint8, rounded once at the end.
    """
    width, height = size
    top = 0
    averaged_rows: np.ndarray | None = None
    for strip in strips:
        if strip.shape == (height, width, 3):
            return strip
        part = _average_of(row_count, height, top, top + len(strip)) @ strip.reshape(len(strip), -1)
        averaged_rows = part if averaged_rows is None else averaged_rows + part
        top += len(strip)
    assert averaged_rows is not None
    turned = cv2.transpose(averaged_rows.reshape(height, -1, 3))
    averaged = _average_of(len(turned), width, 0, len(turned)) @ turned.reshape(len(turned), -1)
    reduced: np.ndarray = cv2.transpose(cv2.convertScaleAbs(averaged.reshape(width, height, 3)))
    return reduced


@lru_cache(maxsize=64)
def _average_of(count: int, reduced_count: int, start: int, stop: int) -> "csr_array":
    """Weights of pixels ``start`` to ``stop`` of ``count`` in ``reduced_count`` averages, (reduced, part) float32."""
    from scipy.sparse import csr_array  # half of the time in which a scan's process starts

    edges = np.arange(reduced_count + 1) * (count / reduced_count)
    first = np.clip(np.floor(edges[:-1] + 1e-9).astype(np.int64), start, stop)
    last = np.clip(np.ceil(edges[1:] - 1e-9).astype(np.int64), start, stop)
    indptr = np.concatenate([[0], np.cumsum(last - first)])
    average = np.repeat(np.arange(reduced_count), last - first)
    pixel = np.arange(indptr[-1]) - np.repeat(indptr[:-1], last - first) + first[average]
    covered = np.minimum(edges[average + 1], pixel + 1) - np.maximum(edges[average], pixel)
    weights = (covered * (reduced_count / count)).astype(np.float32)
    columns, row_starts = (pixel - start).astype(np.int32), indptr.astype(np.int32)
    return csr_array((weights, columns, row_starts), shape=(reduced_count, stop - start))
