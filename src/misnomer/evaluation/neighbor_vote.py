"""What the labels of similar images say about a label, and how much it counts beside a model's probabilities."""

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


def odds_weight(right: int, other_right: int, count: int) -> float:
    """Share of one judge in the mean with another: its odds of being right about a label, over the odds of both.

    Args:
        right, other_right: how many labels each predicts, of ``count``; one more is taken to be right and one wrong.

    >>> round(odds_weight(99, 89, 100), 3)
    0.87
    """
    odds, other_odds = ((hits + 1) / (count - hits + 1) for hits in (right, other_right))
    return odds / (odds + other_odds)
