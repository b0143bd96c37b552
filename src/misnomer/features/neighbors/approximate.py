"""Approximate neighbours by faiss: an inverted file, looked into as deeply as a sample of exact neighbours demands."""

from collections.abc import Callable
from typing import Any

import numpy as np

from misnomer.features.neighbors.exact import Neighbors, nearest_rows, nothing
from misnomer.features.neighbors.top import largest
from misnomer.features.neighbors.unit_rows import UnitRows

_CELLS_PER_ROOT = 4  # cells = 4 √n
_TRAINING_ROWS_PER_CELL = 40
_FIRST_PROBES = 16
_DEEPER = 1.25
_SAMPLE_ROWS = 512
_BLOCK_ROWS = 4096
_WANTED_RECALL = 0.98
_FLOAT32_BYTES = 2 << 30  # above, the index holds float16


def approximate_neighbors(
    vectors: UnitRows, k: int, *, seed: int, tell: Callable[[int], None] = lambda done: None
) -> Neighbors:
    """The nearest other rows of every row, of which at least 0.98 (measured on a sample) are the exact ones.

    Args:
        k: neighbours of each row.
        seed: of the cells and the sample.
        tell: called with the number of rows done.
    """
    random = np.random.default_rng(seed)
    index = _inverted_file(vectors, random)
    sample = np.sort(random.choice(len(vectors), min(_SAMPLE_ROWS, len(vectors)), replace=False))
    exact, _ = nearest_rows(vectors, sample, k)
    index.nprobe = _FIRST_PROBES
    while index.nprobe < index.nlist and recall(_search(index, vectors, sample, k)[0], exact) < _WANTED_RECALL:
        index.nprobe = min(int(_DEEPER * index.nprobe), index.nlist)
    rows, distances = nothing(len(vectors), k)
    for start in range(0, len(vectors), _BLOCK_ROWS):
        queries = np.arange(start, min(start + _BLOCK_ROWS, len(vectors)))
        rows[queries], distances[queries] = _search(index, vectors, queries, k)
        tell(int(queries[-1]) + 1)
    return rows, distances


def _inverted_file(vectors: UnitRows, random: np.random.Generator) -> Any:
    import faiss

    count, dimensions = len(vectors), vectors.dimensions
    cells = int(_CELLS_PER_ROOT * count**0.5)
    centres = faiss.IndexFlatIP(dimensions)
    if count * dimensions * 4 <= _FLOAT32_BYTES:
        index: Any = faiss.IndexIVFFlat(centres, dimensions, cells, faiss.METRIC_INNER_PRODUCT)
    else:
        half = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexIVFScalarQuantizer(centres, dimensions, cells, half, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = int(random.integers(1 << 31))
    index.cp.min_points_per_centroid = 1  # or faiss writes a warning to stderr
    training = random.choice(count, min(count, cells * _TRAINING_ROWS_PER_CELL), replace=False)
    index.train(vectors[np.sort(training)])
    for start in range(0, count, _BLOCK_ROWS):
        index.add(vectors[start : start + _BLOCK_ROWS])
    return index


def _search(index: Any, vectors: UnitRows, queries: np.ndarray, k: int) -> Neighbors:
    """The nearest others of each query; faiss counts the query itself among them."""
    cosines, rows = index.search(vectors[queries], k + 1)
    cosines[(rows == queries[:, None]) | (rows < 0)] = -np.inf
    kept = largest(cosines, k)
    cosines, rows = np.take_along_axis(cosines, kept, axis=1), np.take_along_axis(rows, kept, axis=1)
    is_missing = np.isinf(cosines)
    distances = np.where(is_missing, np.nan, np.clip(1 - cosines, 0, 2))
    return np.where(is_missing, -1, rows).astype(np.int32), distances.astype(np.float32)


def recall(found: np.ndarray, exact: np.ndarray) -> float:
    """Share of the exact neighbours that were found; rows (n, k), −1 for none."""
    hits = sum(len(np.intersect1d(a[a >= 0], b)) for a, b in zip(exact, found, strict=True))
    return hits / max(1, int((exact >= 0).sum()))
