"""Which labels are probably wrong, from out-of-sample probabilities: confident learning.

Source: Northcutt, Jiang & Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels"; the answers are
those of cleanlab 2.9 (tests/reference). Rows are read block by block: memory is that of a block and K².
"""

from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.confident_joint import calibrated_joint, prune_counts
from misnomer.evaluation.label_pruning import NEARLY, ReadRows, prune_by_noise_rate

_CHUNK_CELLS = 1 << 18  # 2 MB of doubles: stays in the processor's cache
_THRESHOLD_MIN = 2e-6


@dataclass(frozen=True)
class LabelCheck:
    """What probabilities say about labels; N samples, K classes.

    Attributes:
        suspected: (N,) bool: the label is probably wrong.
        self_confidence: (N,) float64 probability of the label, p_label; NaN where nothing could be judged.
        normalized_margin: (N,) float64 (p_label − the highest other p + 1) / 2; NaN likewise.
        label_quality: (N,) float64 p_label / (p_label + the highest other p), the odds that the label is right rather
            than its rival as a probability; 0.5 where both are 0; NaN likewise.
        suggested: (N,) int32 most probable class besides the label; −1 where nothing could be judged.
        joint: (K, K) int64 estimated number of samples by [label, class].
    """

    suspected: np.ndarray
    self_confidence: np.ndarray
    normalized_margin: np.ndarray
    label_quality: np.ndarray
    suggested: np.ndarray
    joint: np.ndarray

    @property
    def noise(self) -> np.ndarray:
        """(K,) float64 share of each label's samples that are estimated to be of another class; NaN without any."""
        support = self.joint.sum(axis=1)
        right = np.diag(self.joint)
        shares: np.ndarray = np.divide(support - right, support, out=np.full(len(right), np.nan), where=support > 0)
        return shares


def check_labels(labels: np.ndarray, probabilities: np.ndarray) -> LabelCheck:
    """Judge labels by a matrix of out-of-sample probabilities.

    Args:
        labels: (N,) int, columns of the matrix; negative: none, or a class without a column.
        probabilities: (N, K) numbers; a row with NaN judges nothing.

    >>> p = np.array([[0.9, 0.1], [0.8, 0.2], [0.9, 0.1], [0.1, 0.9], [0.2, 0.8], [0.9, 0.1]])
    >>> check_labels(np.array([0, 0, 0, 1, 1, 1]), p).suspected.tolist()
    [False, False, False, False, False, True]
    """
    return check_rows(labels, lambda samples: probabilities[samples], probabilities.shape[1])


def check_rows(
    labels: np.ndarray, read: ReadRows, class_count: int, *, read_model: ReadRows | None = None
) -> LabelCheck:
    """The same on rows that are read when they are needed: twice in order, and again where a label is doubted.

    Args:
        labels: (N,) int, columns of the rows; negative: none.
        read: from ascending sample indices to (n, K) probabilities.
        class_count: K.
        read_model: a model's own probabilities, where ``read`` gives their mean with what else is known. Few rows of a
            mean are as sure of another class as most are of their own, so as many samples of each label are suspected
            as by the model alone, if that is more; which ones, the mean says.
    """
    own, other, suggested = _read_labels(labels, read, class_count)
    judged = np.where(suggested < 0, -1, labels).astype(np.int32)
    sides_with_label = (own + NEARLY > other) | ((own + NEARLY == other) & (judged < suggested))
    joint = _joint(judged, own, other, suggested, read, class_count)
    if read_model is not None:
        joint = _noisier_rows(joint, _joint_of_model(judged, read_model, class_count))
    return LabelCheck(
        suspected=prune_by_noise_rate(judged, sides_with_label, prune_counts(joint), read),
        self_confidence=own,
        normalized_margin=(own - other + 1) / 2,
        label_quality=np.divide(own, own + other, out=np.full(len(own), 0.5), where=own + other != 0),
        suggested=suggested,
        joint=joint,
    )


def _joint(
    judged: np.ndarray, own: np.ndarray, other: np.ndarray, suggested: np.ndarray, read: ReadRows, class_count: int
) -> np.ndarray:
    """(K, K) estimated samples by [label, class]."""
    label_counts = np.bincount(judged[judged >= 0], minlength=class_count)
    prediction = np.where((own > other) | ((own == other) & (judged < suggested)), judged, suggested)
    thresholds = _thresholds(judged, own, label_counts)
    return calibrated_joint(_confident_counts(judged, prediction, thresholds, read), label_counts)


def _joint_of_model(labels: np.ndarray, read: ReadRows, class_count: int) -> np.ndarray:
    own, other, suggested = _read_labels(labels, read, class_count)
    return _joint(np.where(suggested < 0, -1, labels).astype(np.int32), own, other, suggested, read, class_count)


def _noisier_rows(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Of each label the row by which more of its samples are of other classes."""
    noise, other_noise = (joint.sum(axis=1) - np.diag(joint) for joint in (one, other))
    return np.where((noise >= other_noise)[:, None], one, other)


def _chunks(labels: np.ndarray, class_count: int) -> list[np.ndarray]:
    """Indices of the labelled samples, chunk by chunk."""
    labelled = np.flatnonzero(labels >= 0)
    step = max(1, _CHUNK_CELLS // max(1, class_count))
    return [labelled[start : start + step] for start in range(0, len(labelled), step)]


def _read_labels(labels: np.ndarray, read: ReadRows, class_count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probability of the label, the highest other one, and whose it is (the first of equals; −1: a row with NaN)."""
    own = np.full(len(labels), np.nan)
    other = np.full(len(labels), np.nan)
    suggested = np.full(len(labels), -1, np.int32)
    for samples in _chunks(labels, class_count):
        values = np.array(read(samples), np.float64)
        rows, columns = np.arange(len(samples)), labels[samples]
        own_values = values[rows, columns]
        is_valid = ~np.isnan(values.sum(axis=1))
        values[rows, columns] = -1
        best = values.argmax(axis=1)
        own[samples] = np.where(is_valid, own_values, np.nan)
        other[samples] = np.where(is_valid, values[rows, best] if class_count > 1 else 0.0, np.nan)
        suggested[samples] = np.where(is_valid, best, -1)
    return own, other, suggested


def _thresholds(labels: np.ndarray, own: np.ndarray, label_counts: np.ndarray) -> np.ndarray:
    """(K,) mean probability of each label among its samples; 2, which nothing reaches, for a label without any."""
    judged = labels >= 0
    sums = np.bincount(labels[judged], own[judged], minlength=len(label_counts))
    means = np.divide(sums, label_counts, out=np.full(len(sums), 2.0), where=label_counts > 0)
    thresholds: np.ndarray = np.maximum(means, _THRESHOLD_MIN)
    return thresholds


def _confident_counts(labels: np.ndarray, prediction: np.ndarray, thresholds: np.ndarray, read: ReadRows) -> np.ndarray:
    """(K, K) samples by [label, class whose threshold they reach]; of several classes the most probable of all."""
    class_count = len(thresholds)
    counts = np.zeros(class_count * class_count, np.int64)
    for samples in _chunks(labels, class_count):
        reached = np.flatnonzero(read(samples) >= thresholds - NEARLY)
        row, column = np.divmod(reached, class_count)
        several = np.bincount(row, minlength=len(samples))[row] > 1
        is_first = np.diff(row, prepend=-1) > 0
        row, column, several = row[is_first], column[is_first], several[is_first]
        confident = np.where(several, prediction[samples[row]], column)
        counts += np.bincount(labels[samples[row]] * np.int64(class_count) + confident, minlength=len(counts))
    return counts.reshape(class_count, class_count)
