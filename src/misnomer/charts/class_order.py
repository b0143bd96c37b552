"""Which classes of a confusion matrix to draw, and in which order."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

ConfusionSort = Literal["name", "support", "similar"]


def most_confused_classes(
    labels: np.ndarray, predictions: np.ndarray, counts: np.ndarray, class_count: int, limit: int
) -> np.ndarray:
    """The classes of the most frequent confusions, pair after pair, until ``limit`` are chosen.

    Args:
        labels, predictions, counts: (n,) int64 non-zero cells of the matrix.
        class_count: cells beyond it ("other", "no prediction") choose nothing.
        limit: how many classes at most.

    Returns:
        (≤ limit,) int64, sorted.
    """
    wrong = np.flatnonzero((labels != predictions) & (labels < class_count) & (predictions < class_count))
    chosen: dict[int, None] = {}
    for cell in wrong[np.argsort(-counts[wrong], kind="stable")]:
        if len(chosen) == limit:
            break
        pair = {int(labels[cell]), int(predictions[cell])}
        if len(chosen.keys() | pair) <= limit:
            chosen |= dict.fromkeys(pair)
    return np.array(sorted(chosen), np.int64)


def class_order(names: Sequence[str], counts: np.ndarray, sort: ConfusionSort) -> list[int]:
    """Positions of the classes in the order to draw them.

    Args:
        names: of the K classes.
        counts: (K, K) int64 by [label, prediction].
        sort: alphabetical, most labelled first, or confused classes next to each other.
    """
    if sort == "name":
        return sorted(range(len(names)), key=lambda i: names[i])
    if sort == "support":
        support = counts.sum(axis=1)
        return sorted(range(len(names)), key=lambda i: (-support[i], names[i]))
    return _similar_order(counts)


def _similar_order(counts: np.ndarray) -> list[int]:
    """Leaves of an average-linkage tree, turned so that neighbours are alike (Bar-Joseph et al. 2001).

    Two classes are the closer, the larger the share of their samples that is taken for the other.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(counts) < 3:
        return list(range(len(counts)))
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    closeness = shares + shares.T
    np.fill_diagonal(closeness, 0)
    distances = 1 - closeness / max(closeness.max(), 1e-12)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), method="average", optimal_ordering=True)
    return [int(i) for i in leaves_list(tree)]
