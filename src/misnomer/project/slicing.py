"""Where a model of a project is worse than elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from misnomer import settings
from misnomer.evaluation.class_filter import membership, selected_indices
from misnomer.evaluation.slice_report import (
    NamedFeature,
    SliceReport,
    bin_codes,
    metric_feature,
    slice_report,
    value_feature,
)
from misnomer.evaluation.slices import MINIMUM_SUPPORT, DrawnFrom, Parts, SliceCounts, count_slices
from misnomer.project.evaluating import ClassIndex
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.store.arrays import to_arrow
from misnomer.store.columns import column_pieces, metric_column, text_codes
from misnomer.store.fields import attribute_columns
from misnomer.store.selection import Selection
from misnomer.store.statistics import label_prediction_counts, sample_columns

_CONTROL = "random"  # a metric that is noise by its making
_LABEL = "label"


def find_slices(
    selection: Selection, model: str, *, minimum_support: int | None, limit: int | None, level: float | None
) -> SliceReport:
    """Slices by label, split, the user's columns of text and the metrics of images, and by any two of them.

    Of very many samples some are searched, drawn by their keys; what is found is counted on all.
    """
    search = _Search(selection, MINIMUM_SUPPORT if minimum_support is None else minimum_support)
    return slice_report(
        model,
        search.right,
        search.features,
        minimum_support=search.minimum_support,
        limit=limit,
        level=level,
        drawn_from=search.drawn_from,
    )


@dataclass(frozen=True)
class _Samples:
    """Samples that count: with a label that the class filter chooses, and predicted unless missing counts as wrong.

    Attributes:
        ids: (n,) int32, ascending.
        labels: (n,) int32 class index.
        right: (n,) bool.
        values: (n,) float64 of some metrics, by name.
    """

    ids: np.ndarray
    labels: np.ndarray
    right: np.ndarray
    values: dict[str, np.ndarray]


class _Search:
    """What is searched of a selection: all its samples, or some that are drawn."""

    def __init__(self, selection: Selection, minimum_support: int) -> None:
        self._selection = selection
        self.minimum_support = minimum_support
        self._classes = ClassIndex.of(selection.database)
        self._is_counted = membership(
            selected_indices(selection.filter.classes, self._classes.names), len(self._classes.names)
        )
        self._metrics = [name for name in image_metric_names(selection.database) if name != _CONTROL]
        self._fraction = self._drawn_fraction()
        self._drawn = self._samples(self._metrics, self._fraction)
        self.right = self._drawn.right
        self._texts = self._read_texts()
        self.features = self._named_features()

    def _drawn_fraction(self) -> float | None:
        """How many of the samples are searched; None: all, as long as those not drawn would be fewer than the drawn."""
        counted = label_prediction_counts(self._selection).compared(self._selection.missing_policy)
        total = int(counted.counts[self._is_counted[self._classes.indices(counted.label_ids)]].sum())
        limit = settings.get_int("slice_samples")
        return limit / total if 0 < limit <= total / 2 else None

    def _samples(self, metrics: Sequence[str], fraction: float | None) -> _Samples:
        columns = sample_columns(self._selection, metrics, compared_only=True, fraction=fraction)
        labels, predictions = (self._classes.indices(columns[name]) for name in ("label_id", "class_id"))
        kept = self._is_counted[labels]
        right = labels == predictions
        if kept.all():
            return _Samples(columns["sample_id"], labels, right, {name: columns[name] for name in metrics})
        return _Samples(
            columns["sample_id"][kept], labels[kept], right[kept], {name: columns[name][kept] for name in metrics}
        )

    def _read_texts(self) -> dict[str, tuple[np.ndarray, list[str]]]:
        """By field: (n,) positions among those of its values that enough drawn samples have, −1: none; and these."""
        metadata = [name for name, role in attribute_columns(self._selection.database).items() if role == "metadata"]
        texts = {}
        for name in ("split", *metadata):
            codes, values = text_codes(self._selection, name, self._drawn.ids)
            counts = np.bincount(codes[codes >= 0], minlength=len(values))
            frequent = np.flatnonzero(counts >= self.minimum_support)
            texts[name] = _renumbered(codes, frequent, len(values)), values.take(to_arrow(frequent)).to_pylist()
        return texts

    def _named_features(self) -> dict[str, NamedFeature]:
        features = {_LABEL: value_feature(_LABEL, _LABEL, self._drawn.labels, self._classes.names)}
        for name, (codes, values) in self._texts.items():
            features[name] = value_feature(name, name, codes, values)
        titles = project_metrics(self._selection.database)
        for name in self._metrics:
            features[name] = metric_feature(name, titles[name].title, self._drawn.values[name])
        return features

    @property
    def drawn_from(self) -> DrawnFrom | None:
        """All samples, if those searched are drawn."""
        if self._fraction is None:
            return None
        right = self._everyone.right
        return DrawnFrom(len(right), len(right) - int(np.count_nonzero(right)), self._count)

    @cached_property
    def _everyone(self) -> _Samples:
        return self._samples([], None)

    def _count(self, slices: Sequence[Parts]) -> SliceCounts:
        names = list(self.features)
        named = [names[feature] for feature in sorted({feature for parts in slices for feature, _ in parts})]
        codes = {names.index(name): codes for name, codes in self._codes(named).items()}
        return count_slices(slices, codes, ~self._everyone.right)

    def _codes(self, names: Sequence[str]) -> dict[str, np.ndarray]:
        """By feature: (n,) the value of each of all samples, cut as those drawn."""
        ids = self._everyone.ids
        codes = {name: self._everyone.labels for name in names if name == _LABEL}
        codes |= {name: self._text_codes(name, ids) for name in names if name in self._texts}
        columns = {metric_column(self._selection, name): name for name in names if name in self._metrics}
        codes |= {name: np.full(len(ids), -1, np.int8) for name in columns.values()}
        for piece_ids, piece in column_pieces(self._selection, list(columns), ids):
            places = np.searchsorted(ids, piece_ids)
            for column, values in piece.items():
                name = columns[column]
                bins = self.features[name].bins
                assert bins is not None
                codes[name][places] = bin_codes(bins, values)
        return codes

    def _text_codes(self, name: str, ids: np.ndarray) -> np.ndarray:
        codes, values = text_codes(self._selection, name, ids)
        place = {value: number for number, value in enumerate(values.to_pylist())}
        return _renumbered(codes, [place[value] for value in self._texts[name][1]], len(values))


def _renumbered(codes: np.ndarray, chosen: Sequence[int] | np.ndarray, value_count: int) -> np.ndarray:
    """(n,) int32: positions among the chosen of some values, −1 for the others."""
    number = np.full(value_count + 1, -1, np.int32)  # the last entry is for −1
    number[chosen] = np.arange(len(chosen), dtype=np.int32)
    return np.asarray(number[codes])
