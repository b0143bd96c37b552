"""What the labels of similar images say about a label."""

import numpy as np


def vote_shares(neighbor_labels: np.ndarray, class_count: int) -> np.ndarray:
    """Share of each class among the labels of a sample's neighbours: what k nearest neighbours would predict.

    Args:
        neighbor_labels: (n, k) int, labels of the neighbours, the sample itself not among them; negative: none.
        class_count: K.

    Returns:
        (n, K) float64; rows sum to 1, or are 0 where no neighbour has a label.

    >>> vote_shares(np.array([[0, 0, 2, -1]]), 3).round(2).tolist()
    [[0.67, 0.0, 0.33]]
    """
    votes = neighbor_labels >= 0
    rows, _ = np.nonzero(votes)
    cells = rows * np.int64(class_count) + neighbor_labels[votes]
    counts = np.bincount(cells, minlength=len(neighbor_labels) * class_count).reshape(-1, class_count)
    totals = counts.sum(axis=1, keepdims=True)
    shares: np.ndarray = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    return shares
