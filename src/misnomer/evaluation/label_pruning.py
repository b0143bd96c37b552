"""Which samples of each label are suspected: those whose probabilities speak most for another class."""

from collections.abc import Callable

import numpy as np

ReadRows = Callable[[np.ndarray], np.ndarray]
"""From (n,) ascending sample indices to their (n, K) float64 probabilities."""

BLOCK_CELLS = 1 << 22  # 32 MB of doubles
NEARLY = 1e-6  # a label this close to the highest probability is not suspected, as in cleanlab


def prune_by_noise_rate(
    labels: np.ndarray, sides_with_label: np.ndarray, prune: np.ndarray, read: ReadRows
) -> np.ndarray:
    """For each label k and class j, the ``prune[k, j]`` samples of the largest margin p_j − p_k.

    Args:
        labels: (N,) int32, −1 where there is nothing to judge.
        sides_with_label: (N,) bool: the label has the highest probability, or nearly. These are never suspected.
        prune: (K, K) int64 by [label, class].
        read: the probabilities.

    Returns:
        (N,) bool. Of equal margins at the edge the first samples are taken.

    Source: cleanlab's ``filter_by="prune_by_noise_rate"``.
    """
    suspected = np.zeros(len(labels), bool)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(prune) + 1))
    for label in np.flatnonzero(prune.sum(axis=1) > np.diag(prune)).tolist():
        samples = order[starts[label] : starts[label + 1]]
        if len(samples) < 2:
            continue
        classes = np.flatnonzero(prune[label] * (np.arange(len(prune)) != label))
        counts = prune[label, classes]
        against = samples[~sides_with_label[samples]]
        # Outside of ``against`` no margin is above NEARLY, so where enough are above it the others need no look.
        is_enough = _mark_largest(suspected, against, label, classes, counts, read, floor=2 * NEARLY)
        _mark_largest(suspected, samples, label, classes[~is_enough], counts[~is_enough], read)
    suspected &= ~sides_with_label
    return suspected


def _mark_largest(
    suspected: np.ndarray,
    samples: np.ndarray,
    label: int,
    classes: np.ndarray,
    counts: np.ndarray,
    read: ReadRows,
    floor: float = -np.inf,
) -> np.ndarray:
    """Mark the samples of the largest margins for each class; says for which classes enough were above the floor."""
    is_enough = np.zeros(len(classes), bool)
    if len(samples) == 0:
        return is_enough
    step = max(1, BLOCK_CELLS // len(samples) - 1)
    for start in range(0, len(classes), step):
        columns = _read_columns(read, samples, np.append(classes[start : start + step], label))
        for place, count in enumerate(counts[start : start + step]):
            margin = columns[place] - columns[-1]
            if np.count_nonzero(margin > floor) >= count:
                is_enough[start + place] = True
                suspected[samples[_largest(margin, int(count))]] = True
            elif floor == -np.inf:
                suspected[samples] = True
    return is_enough


def _read_columns(read: ReadRows, samples: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """(classes, n) probabilities, read in blocks of rows."""
    columns = np.empty((len(classes), len(samples)))
    row_count = max(1, BLOCK_CELLS // (int(classes.max()) + 1))
    for start in range(0, len(samples), row_count):
        columns[:, start : start + row_count] = read(samples[start : start + row_count])[:, classes].T
    return columns


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """Indices of the ``count`` largest; of equals the first."""
    edge = np.partition(values, len(values) - count)[len(values) - count]
    above = np.flatnonzero(values > edge)
    return np.concatenate([above, np.flatnonzero(values == edge)[: count - len(above)]])
