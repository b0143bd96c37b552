"""The map of all vectors: laid out on a sample, the rest placed among their neighbours, so that it grows linearly."""

from collections.abc import Callable

import numpy as np

from misnomer.features.neighbors.exact import nearest_rows
from misnomer.features.neighbors.unit_rows import UnitRows
from misnomer.features.projection.layout import EPOCHS, lay_out

VERSION = 1
LAID_OUT = 20_000  # neighbours exact in about ten seconds on two cores, the layout in twenty
_NEIGHBORS = 15
_PLACED_AMONG = 5
_JITTER = 0.02  # of the distance to the neighbours, so that equal neighbours do not hide each other


def project_vectors(
    vectors: np.ndarray, *, seed: int, tell: Callable[[float], None] = lambda share: None
) -> np.ndarray:
    """A place in the plane for every vector.

    Args:
        vectors: (n, d) of length about 1, in memory or memory-mapped.
        seed: of the sample and the layout; the same vectors and seed give the same map on one machine.
        tell: called with the share done, 0 to 1.

    Returns:
        (n, 2) float32.
    """
    count = len(vectors)
    if count < 3:
        return np.column_stack([np.arange(count), np.zeros(count)]).astype(np.float32)
    rows = UnitRows(vectors)
    random = np.random.default_rng(seed)
    sample = np.arange(count) if count <= LAID_OUT else np.sort(random.choice(count, LAID_OUT, replace=False))
    graph, _ = nearest_rows(rows, sample, min(_NEIGHBORS, len(sample) - 1), among=sample)
    tell(0.3)
    places = np.where(graph >= 0, np.searchsorted(sample, graph), -1)
    start = principal_plane(rows[sample])
    laid_out = lay_out(places, start, seed=seed, tell=lambda epoch: tell(0.3 + 0.4 * epoch / EPOCHS))
    if count == len(sample):
        return laid_out
    points = np.empty((count, 2), np.float32)
    points[sample] = laid_out
    rest = np.setdiff1d(np.arange(count), sample, assume_unique=True)
    points[rest] = _placed(rows, rest, sample, laid_out, random, lambda share: tell(0.7 + 0.3 * share))
    return points


def principal_plane(vectors: np.ndarray) -> np.ndarray:
    """(n, 2): coordinates along the two directions of the largest variance; signs are fixed."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    plane = directions[:, -2:][:, ::-1] if directions.shape[1] > 1 else np.pad(directions, ((0, 0), (0, 1)))
    largest = np.take_along_axis(plane, np.abs(plane).argmax(axis=0)[None], axis=0)
    return np.asarray(centred @ (plane * np.where(largest < 0, -1, 1)))


def _placed(
    rows: UnitRows,
    rest: np.ndarray,
    sample: np.ndarray,
    laid_out: np.ndarray,
    random: np.random.Generator,
    tell: Callable[[float], None],
) -> np.ndarray:
    """Each of the rest at the middle of its nearest laid out, the nearer the heavier."""
    found, distances = nearest_rows(rows, rest, _PLACED_AMONG, among=sample, tell=lambda done: tell(done / len(rest)))
    around = laid_out[np.searchsorted(sample, found)]
    weights = 1 / (distances + 1e-3)
    weights /= weights.sum(axis=1, keepdims=True)
    middle = np.einsum("nk,nkd->nd", weights, around)
    width = np.linalg.norm(around - middle[:, None], axis=2).mean(axis=1, keepdims=True)
    return np.asarray(middle + random.normal(size=middle.shape) * width * _JITTER, np.float32)
