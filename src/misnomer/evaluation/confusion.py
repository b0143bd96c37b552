"""The confusion matrix and the most confused pairs, under the class filter."""

from collections.abc import Sequence

import numpy as np

from misnomer.evaluation.class_filter import counts_shown, membership, occurring_classes
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.results import ConfusedPair, ConfusionMatrix, Triples

# The smaller share of a two-way confusion is at least this fraction of the greater.
TWO_WAY_RATIO = 0.5

_SMALL_COUNT = 1 << 12


def confusion_matrix(
    counts: ConfusionCounts,
    class_names: Sequence[str],
    selected: Sequence[int] | np.ndarray | None = None,
) -> ConfusionMatrix:
    """Counts between the chosen classes that occur, in class order.

    After them come, where needed, "other" (under a class filter: one row and column for the rest of the samples
    shown) and "no prediction" (a column only: samples counted as wrong because they have no prediction). Should a
    class bear such a name, the added one stands in parentheses.
    """
    classes = occurring_classes(counts, selected)
    cells = counts_shown(counts, membership(selected, counts.class_count))
    names = [class_names[index] for index in classes]
    position = np.full(counts.class_count + 1, len(names))
    position[classes] = np.arange(len(names))
    if selected is not None:
        names.append(_free_name("other", class_names))
    if cells.without_prediction:
        position[-1] = len(names)
        names.append(_free_name("no prediction", class_names))
    if len(classes) < counts.class_count or len(names) > len(classes):
        labels, predictions = position[cells.labels], position[cells.predictions]
        cells = ConfusionCounts.from_triples(labels, predictions, cells.counts, len(names))
    triples = Triples.of_columns(cells.labels, cells.predictions, cells.counts)
    return ConfusionMatrix.model_construct(classes=tuple(names), counts=triples)


def _free_name(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name = f"({name})"
    return name


def confused_pairs(
    counts: ConfusionCounts,
    class_names: Sequence[str],
    selected: Sequence[int] | np.ndarray | None = None,
    limit: int = 50,
) -> tuple[ConfusedPair, ...]:
    """The pairs of classes most often taken for each other, most confused first.

    A pair stands once, in its more frequent direction; under a class filter at least one of the two is chosen. The
    direction compares shares (count / support of the label), because a large class has more samples to lose.

    Args:
        limit: at most this many pairs.
    """
    cells = counts_shown(counts, membership(selected, counts.class_count))
    frequent = np.flatnonzero(cells.counts >= _least_count(cells, 2 * limit))
    frequent = frequent[~cells.is_right[frequent] & (cells.predictions[frequent] >= 0)]
    labels, predictions = cells.labels[frequent].astype(np.int64), cells.predictions[frequent].astype(np.int64)
    count = cells.counts[frequent]
    reverse_codes = predictions * (counts.class_count + 1) + labels + 1
    reverse_count = _look_up(reverse_codes, cells.codes, cells.counts)
    leads = (count > reverse_count) | ((count == reverse_count) & (labels < predictions))
    order = np.lexsort((frequent[leads], -reverse_count[leads], -count[leads]))[:limit]
    return tuple(
        _pair(counts, class_names, *map(int, row))
        for row in zip(
            labels[leads][order],
            predictions[leads][order],
            count[leads][order],
            reverse_count[leads][order],
            strict=True,
        )
    )


def _least_count(cells: ConfusionCounts, n: int) -> int:
    """A count that the n most frequent wrong cells reach: the first pairs are among twice as many of these.

    By a histogram, since most counts of many classes are equal, which ``numpy.partition`` is slow at. Its last bin
    holds all larger counts, so that the answer may be too low, never too high.
    """
    histogram = _histogram(cells.counts) - _histogram(cells.true_positives)
    if cells.without_prediction:
        histogram -= _histogram(cells.counts[cells.predictions < 0])
    histogram[0] = 0
    reached = np.flatnonzero(np.cumsum(histogram[::-1]) >= n)
    return _SMALL_COUNT - int(reached[0]) if len(reached) else 0


def _histogram(counts: np.ndarray) -> np.ndarray:
    return np.bincount(np.minimum(counts, _SMALL_COUNT), minlength=_SMALL_COUNT + 1)


def _look_up(wanted: np.ndarray, codes: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Counts of the wanted codes, 0 where there is none; ``codes`` ascend."""
    if len(codes) == 0:
        return counts
    position = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[position] == wanted, counts[position], 0)


def _pair(
    counts: ConfusionCounts,
    class_names: Sequence[str],
    label: int,
    prediction: int,
    count: int,
    reverse_count: int,
) -> ConfusedPair:
    support = int(counts.support[label])
    shares = sorted((count / support, reverse_count / max(1, int(counts.support[prediction]))))
    return ConfusedPair(
        label=class_names[label],
        prediction=class_names[prediction],
        count=count,
        support=support,
        reverse_count=reverse_count,
        direction="two-way" if shares[0] >= TWO_WAY_RATIO * shares[1] else "one-way",
    )
