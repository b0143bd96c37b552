"""What its nearest others say about each sample: uniqueness, diversity, and how many of them agree with it."""

from dataclasses import dataclass

import numpy as np

from misnomer.features.neighbors.exact import Neighbors
from misnomer.schema import Metric

K = 10
_BLOCK_ROWS = 65_536
_NO_DENSITY = 1e-10  # as scikit-learn, where all distances are 0

UNIQUENESS = Metric(
    "uniqueness",
    "Uniqueness",
    "How far the most similar other image is; 0 for a duplicate of a kept image.",
    "cosine distance to the nearest other image, duplicates of the sample excepted",
    0.0,
    2.0,
    "",
    "embedding",
)
DIVERSITY = Metric(
    "diversity",
    "Diversity",
    "How lonely the image is compared with its neighbours: about 1 among its like, well above 1 apart.",
    "local outlier factor with k = 10 over cosine distances, duplicates of the sample excepted",
    0.0,
    None,
    "",
    "embedding",
)
ANNOTATION_QUALITY = Metric(
    "annotation_quality",
    "Image-level Annotation Quality",
    "Share of the most similar images that bear the sample's label.",
    "share of the k = 10 nearest other labelled images, duplicates of the sample excepted, that bear its label",
    0.0,
    1.0,
    "",
    "label",
)
PREDICTION_AGREEMENT = Metric(
    "prediction_agreement",
    "Neighbour Agreement",
    "Share of the most similar images of which the model says the same.",
    "share of the k = 10 nearest other predicted images, duplicates of the sample excepted, with its prediction",
    0.0,
    1.0,
    "",
    "prediction",
)
OF_SAMPLES = (UNIQUENESS, DIVERSITY, ANNOTATION_QUALITY)


@dataclass(frozen=True)
class Votes:
    """How the nearest others of each row vote.

    Attributes:
        share: (n,) float64, those that bear the row's own code, of those that have one; NaN where none has or the row
            itself has none.
        counted: (n,) int64, others that have a code.
        majority: (n,) int32, the commonest code among them, of equally common ones the nearest; −1 for none.
        majority_share: (n,) float64, those that bear it; NaN for none.
    """

    share: np.ndarray
    counted: np.ndarray
    majority: np.ndarray
    majority_share: np.ndarray


def uniqueness(others: Neighbors, is_copy: np.ndarray) -> np.ndarray:
    """Distance to the nearest other of each row, 0 for copies; (n,) float64, NaN where there is no other.

    Args:
        others: of ``nearest_others``.
        is_copy: (n,) bool, members of a duplicate group apart from the one that is kept.
    """
    return np.where(is_copy, 0.0, others[1][:, 0].astype(np.float64))


def local_outlier_factor(others: Neighbors) -> np.ndarray:
    """Density of the neighbours relative to the row's own; (n,) float64, NaN where there is no other.

    Source: Breunig et al. 2000, "LOF: Identifying Density-Based Local Outliers"; equal to scikit-learn's
    ``LocalOutlierFactor(n_neighbors=10, metric="cosine")``, with the sign turned, in tests/reference.
    """
    rows, distances = others
    is_there = rows >= 0
    count = is_there.sum(axis=1)
    if not len(rows):
        return np.empty(0)
    last = np.maximum(count - 1, 0)[:, None]
    reach = np.take_along_axis(distances, last, axis=1)[:, 0].astype(np.float64)
    known = np.maximum(count, 1)
    reachable = np.where(is_there, np.maximum(distances.astype(np.float64), reach[rows]), 0)
    density = 1 / (reachable.sum(axis=1) / known + _NO_DENSITY)
    factor = np.where(is_there, density[rows], 0).sum(axis=1) / known / density
    return np.where(count > 0, factor, np.nan)


def votes(rows: np.ndarray, codes: np.ndarray) -> Votes:
    """How many of each row's neighbours bear its own code, and which code most of them bear.

    Args:
        rows: (n, k) int32 neighbours, nearest first; −1 for none.
        codes: (n,) int32, class of each row; −1 for none.
    """
    answers = [_votes_of(rows, codes, start) for start in range(0, len(rows), _BLOCK_ROWS)]
    if not answers:
        return Votes(np.empty(0), np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0))
    columns = zip(*answers, strict=True)
    return Votes(*(np.concatenate(parts) for parts in columns))


def _votes_of(rows: np.ndarray, codes: np.ndarray, start: int) -> tuple[np.ndarray, ...]:
    block = np.asarray(rows[start : start + _BLOCK_ROWS])
    own = codes[start : start + _BLOCK_ROWS]
    code = np.where(block >= 0, codes[block], -1)
    votes_of = code >= 0
    counted = votes_of.sum(axis=1)
    known = np.maximum(counted, 1)
    bearing = (votes_of & (code == own[:, None])).sum(axis=1)
    share = np.where((own >= 0) & (counted > 0), bearing / known, np.nan)
    times = ((code[:, :, None] == code[:, None, :]) & votes_of[:, :, None]).sum(axis=2)
    commonest = times.argmax(axis=1)[:, None]  # the first of equals, which is the nearest
    majority = np.take_along_axis(code, commonest, axis=1)[:, 0].astype(np.int32)
    most = np.take_along_axis(times, commonest, axis=1)[:, 0]
    return share, counted, majority, np.where(counted > 0, most / known, np.nan)
