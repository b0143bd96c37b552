"""Adjusted importance: what a metric tells about the outcome once the label is known."""

import numpy as np

from misnomer.evaluation.information import information_share
from misnomer.evaluation.ordered_metric import OrderedMetric

MINIMUM_COUNT = 10  # samples in a bin within a class; the chance part is exact, so a small bin costs no bias
MAXIMUM_BINS = 32


def adjusted_importance(metric: OrderedMetric, wrong: np.ndarray, labels: np.ndarray) -> float | None:
    """I(R; metric | label) / H(R | label), its chance part taken off.

    Each class has equal-count bins of its own: one for every 10 samples, at most 32; equal values share a bin.
    Classes with fewer than 20 known values cannot be cut and are left out, above and below the fraction bar.

    Args:
        metric: the values in order.
        wrong: (n,) bool, the outcome in the same order.
        labels: (N,) int, class index by sample, −1 without a label; 16 bits sort fastest.

    Returns:
        None when no class can be cut or nothing is uncertain within those that can.
    """
    label = labels[metric.rows]
    by_class = np.argsort(label, kind="stable")
    by_class = by_class[np.count_nonzero(label < 0) :]
    return _share(label[by_class], metric.values[by_class], wrong[by_class])


def _share(label: np.ndarray, values: np.ndarray, wrong: np.ndarray) -> float | None:
    """The same on samples sorted by label, then value."""
    if len(label) == 0:
        return None
    new_class = np.append(True, label[1:] != label[:-1])
    new_run = new_class | np.append(True, values[1:] != values[:-1])
    class_starts, run_starts = np.flatnonzero(new_class), np.flatnonzero(new_run)
    sizes = np.diff(class_starts, append=len(label))
    run_class = (np.cumsum(new_class) - 1)[run_starts]
    run_bin = _bin_of_runs(run_starts, class_starts[run_class], sizes[run_class], len(label))
    new_cell = np.append(True, (run_class[1:] != run_class[:-1]) | (run_bin[1:] != run_bin[:-1]))
    starts, cell_class = run_starts[new_cell], run_class[new_cell]
    counts = np.diff(starts, append=len(label))
    wrong_counts = np.add.reduceat(wrong, starts, dtype=np.int64)
    used = sizes[cell_class] >= 2 * MINIMUM_COUNT
    return information_share(counts[used], wrong_counts[used], cell_class[used])


def _bin_of_runs(run_starts: np.ndarray, class_starts: np.ndarray, sizes: np.ndarray, total: int) -> np.ndarray:
    """Bin of each run of equal values within its class, by the run's middle position."""
    ends = np.append(run_starts[1:], total)
    middle = (run_starts + ends - 1) // 2 - class_starts
    return np.asarray(middle * np.clip(sizes // MINIMUM_COUNT, 1, MAXIMUM_BINS) // sizes)
