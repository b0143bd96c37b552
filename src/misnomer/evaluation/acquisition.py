"""Which images to annotate next: those like the model's failures, of which it is unsure, and unlike each other."""

from dataclasses import dataclass

import numpy as np

_NOTHING = 1e-9  # a gain not worth an annotation
_COMPARED_TOGETHER = 64
_PRIOR_COUNT = 2.0  # the overall error rate counts like so many neighbours


@dataclass(frozen=True)
class FailureRisk:
    """How likely the model is to be wrong, judged by the neighbours.

    Attributes:
        risk: (n,) float64 in [0, 1]: errors among the judged neighbours, drawn towards the overall error rate.
        judged_count, wrong_count: (n,) int64, neighbours with a label and a prediction, and those predicted wrong.
    """

    risk: np.ndarray
    judged_count: np.ndarray
    wrong_count: np.ndarray


def failure_risk(neighbors: np.ndarray, is_judged: np.ndarray, is_wrong: np.ndarray) -> FailureRisk:
    """Share of errors among each row's neighbours.

    Args:
        neighbors: (n, k) int32 rows; −1 for none.
        is_judged: (N,) bool, the row has a label and a prediction.
        is_wrong: (N,) bool, they differ; False where not judged.
    """
    judged_total = int(is_judged.sum())
    overall = float(is_wrong.sum() / judged_total) if judged_total else 0.5
    is_there = neighbors >= 0
    judged = (is_there & is_judged[neighbors]).sum(axis=1)
    wrong = (is_there & is_wrong[neighbors]).sum(axis=1)
    return FailureRisk((wrong + _PRIOR_COUNT * overall) / (judged + _PRIOR_COUNT), judged, wrong)


def greedy_choice(
    vectors: np.ndarray, worth: np.ndarray, distances: np.ndarray, limit: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Choose rows one by one, each the one of largest worth times distance to what is labelled or chosen already.

    A weighted farthest-first traversal: with equal worth it is the 2-approximation of the k-centre problem.

    Distances only shrink as more is chosen, so that an old one is a bound: rows are compared with what was chosen since
    only when they come to the top, some at a time.

    Source: Gonzalez 1985, "Clustering to minimize the maximum intercluster distance"; Sener and Savarese 2018, "Active
    Learning for Convolutional Neural Networks: A Core-Set Approach"; Minoux 1978, "Accelerated greedy algorithms".

    Args:
        vectors: (n, d) float32 of length 1.
        worth: (n,) float64 ≥ 0, what an annotation would be worth apart from the others.
        distances: (n,) float64 ≥ 0, cosine distance to the nearest image that needs no annotation.
        limit: at most so many; fewer where the rest is worth nothing beside the chosen.

    Returns:
        Rows (m,) int64 in the order of choosing, their gains (m,) and their distances (m,) when they were chosen.
    """
    left = distances.astype(np.float64)
    compared = np.zeros(len(vectors), np.int64)  # with so many of the chosen
    bounds = worth * left
    most = min(limit, len(vectors))
    beside = np.empty((most, vectors.shape[1]), vectors.dtype)  # the vectors of the chosen
    chosen: list[int] = []
    gains: list[float] = []
    at: list[float] = []
    while len(chosen) < most:
        row = int(bounds.argmax())
        if bounds[row] <= _NOTHING:
            break
        if compared[row] < len(chosen):
            top = np.append(_largest(bounds, _COMPARED_TOGETHER), row)
            for count in np.unique(compared[top[compared[top] < len(chosen)]]).tolist():
                rows = top[compared[top] == count]
                similarity = (vectors[rows] @ beside[count : len(chosen)].T).max(axis=1)
                left[rows] = np.minimum(left[rows], np.clip(1 - similarity, 0, 2))
                bounds[rows] = worth[rows] * left[rows]
                compared[rows] = len(chosen)
            continue
        beside[len(chosen)] = vectors[row]
        chosen.append(row)
        gains.append(float(bounds[row]))
        at.append(float(left[row]))
        bounds[row] = 0
    return np.array(chosen, np.int64), np.array(gains), np.array(at)


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """(count,) places of the largest values, in any order."""
    return np.argpartition(values, -count)[-count:] if count < len(values) else np.arange(len(values))
