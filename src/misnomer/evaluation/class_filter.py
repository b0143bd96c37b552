"""The class filter, one rule everywhere: it chooses which classes one looks at.

Of the samples with a label, those with label ∈ S or prediction ∈ S are shown and counted. A class's own precision,
recall and F1 come from its whole row and column and are the same with and without the filter; means are over S;
accuracy is that of the samples with label ∈ S.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from misnomer.errors import UnknownName
from misnomer.evaluation.counts import ConfusionCounts


def selected_indices(selected: Iterable[str] | None, class_names: Sequence[str]) -> np.ndarray | None:
    """(S,) int64 indices of the chosen classes in class order; None when that is no restriction.

    Raises:
        UnknownName: a chosen class that does not exist.
    """
    if selected is None:
        return None
    index_by_name = {name: index for index, name in enumerate(class_names)}
    chosen = set()
    for name in selected:
        if name not in index_by_name:
            raise UnknownName("class", str(name), class_names)
        chosen.add(index_by_name[name])
    return None if len(chosen) == len(class_names) else np.array(sorted(chosen), np.int64)


def membership(selected: Sequence[int] | np.ndarray | None, class_count: int) -> np.ndarray:
    """(K + 1,) bool: is the class chosen? The last entry, which index −1 finds, is False: none is never chosen."""
    member = np.zeros(class_count + 1, bool)
    member[np.arange(class_count) if selected is None else np.asarray(selected, np.int64)] = True
    return member


def shown(labels: np.ndarray, predictions: np.ndarray, member: np.ndarray) -> np.ndarray:
    """(N,) bool: label ∈ S or prediction ∈ S. Indices of −1 are none; ``member`` is of ``membership``."""
    return np.asarray(member[labels] | member[predictions])


def counts_shown(counts: ConfusionCounts, member: np.ndarray) -> ConfusionCounts:
    """The cells with label ∈ S or prediction ∈ S."""
    if member[:-1].all():
        return counts
    kept = shown(counts.labels, counts.predictions, member)
    return ConfusionCounts(counts.labels[kept], counts.predictions[kept], counts.counts[kept], counts.class_count)


def occurring_classes(counts: ConfusionCounts, selected: Sequence[int] | np.ndarray | None) -> np.ndarray:
    """Indices, in class order, of the chosen classes that occur as a label or as a prediction."""
    occurs = (counts.support + counts.predicted) > 0
    return np.flatnonzero(occurs & membership(selected, counts.class_count)[:-1])
