"""What evaluation starts from: counts and columns of the samples that a Selection chooses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from misnomer.filters import Filter
from misnomer.schema import MissingPolicy
from misnomer.store.columns import (
    CLASS_ID,
    LABEL_ID,
    RANDOM,
    Column,
    chosen_ids,
    columns_of,
    each_column,
    metric_column,
    of_one_state,
    one_column,
    take,
)
from misnomer.store.models import Model
from misnomer.store.selection import Selection

_COMPARED = {"label_id": LABEL_ID, "class_id": CLASS_ID}
_MOST_CELLS = 1 << 22  # of a table of labels by predictions that is counted without sorting


@dataclass(frozen=True)
class SampleCounts:
    """How many samples, how many of them with a label, how many with a prediction, how many with both."""

    sample_count: int
    labelled_count: int
    predicted_count: int
    compared_count: int


@dataclass(frozen=True)
class LabelPredictionCounts:
    """Samples by label and prediction, before the class filter: what scores and coverage are both made of.

    Attributes:
        label_ids, class_ids: (n,) int32, sorted; −1: none.
        counts: (n,) int64.
    """

    label_ids: np.ndarray
    class_ids: np.ndarray
    counts: np.ndarray

    def compared(self, missing_policy: MissingPolicy) -> "LabelPredictionCounts":
        """The samples that can be right or wrong: labelled, and predicted unless missing counts as wrong."""
        kept = self.label_ids >= 0
        if missing_policy != "wrong":
            kept &= self.class_ids >= 0
        return LabelPredictionCounts(self.label_ids[kept], self.class_ids[kept], self.counts[kept])

    def shown(self, selected: Sequence[int] | None) -> SampleCounts:
        """How many samples a class filter shows: label ∈ S or prediction ∈ S; None: all."""
        labelled, predicted, counts = self.label_ids >= 0, self.class_ids >= 0, self.counts
        if selected is not None:
            counts = counts * (np.isin(self.label_ids, selected) | np.isin(self.class_ids, selected))
        return SampleCounts(
            *(int(counts[kept].sum()) for kept in (slice(None), labelled, predicted, labelled & predicted))
        )


def label_prediction_counts(selection: Selection) -> LabelPredictionCounts:
    """Samples of a filter by label and the model's prediction, those with neither included."""

    def read() -> tuple[np.ndarray, np.ndarray]:
        ids = chosen_ids(selection)
        label_ids, class_ids = (take(column, ids) for column in each_column(selection, _COMPARED.values()))
        return label_ids, class_ids

    label_ids, class_ids = of_one_state(selection.database, read)
    width = int(class_ids.max(initial=-1)) + 2
    codes = (label_ids.astype(np.int64) + 1) * width + (class_ids + 1)
    if codes.max(initial=0) < _MOST_CELLS:
        by_code = np.bincount(codes)
        cells = np.flatnonzero(by_code)
        counts = by_code[cells]
    else:
        cells, counts = np.unique(codes, return_counts=True)
    return LabelPredictionCounts(
        (cells // width - 1).astype(np.int32), (cells % width - 1).astype(np.int32), counts.astype(np.int64)
    )


def has_matrix(selection: Selection) -> bool:
    """Whether the model gave all classes' probabilities of any sample."""
    return bool(
        selection.database.value(
            "select exists (select 1 from predictions where model_id = ? and vector_id is not null)",
            [selection.model_id],
        )
    )


def class_counts(selection: Selection) -> list[tuple[str, int]]:
    """Labelled samples of each class that has any, in the project's class order, of the samples shown."""
    inner, parameters = selection.sql("s.label_id as label_id", shown=True)
    return selection.database.rows(
        f"select name, count(*) from ({inner}) join classes on class_id = label_id "
        "group by name, position order by position nulls last, encode(name)",
        parameters,
    )


def top_values(everything: Selection, name: str, limit: int, text: str = "") -> list[tuple[str, int]]:
    """The most frequent values of a field of text that have ``text`` in them, in capitals or not, and their samples."""
    field = everything.field(name)
    inner, parameters = everything.sql(f"{field.sql} as value", names=[name])
    if field.source == "attributes":  # by itself: a join with all samples takes forty times as long
        inner = f"select {field.sql} as value from {everything.table(field.source)}"
    return everything.database.rows(
        f"select value, count(*) as n from ({inner}) where contains(lower(value), lower(?)) "
        f"group by value order by n desc, value limit {int(limit)}",
        [*parameters, text],
    )


def sample_columns(
    selection: Selection,
    names: Sequence[str],
    *,
    prediction_columns: Iterable[str] = (),
    compared_only: bool = False,
    shown: bool = False,
    fraction: float | None = None,
) -> dict[str, np.ndarray]:
    """Columns of the chosen samples, in the order of the samples, aligned with each other.

    Args:
        names: metrics; float64, NaN where missing.
        prediction_columns: columns of the predictions table by their own names, as they are stored.
        compared_only: only samples that can be right or wrong: labelled, and predicted unless missing counts as wrong.
        shown: also apply the class filter.
        fraction: only about this fraction of them, always the same, by the last bits of the hash of their keys: the
            first are the metric ``random``.

    Returns:
        The columns by name, and "sample_id", "label_id", "class_id" (int32, −1 where missing).
    """
    wanted = {"label_id": LABEL_ID}
    if selection.model_id is not None:
        wanted["class_id"] = CLASS_ID
    wanted |= {name: Column("predictions", f"p.{name}") for name in prediction_columns}
    wanted |= {name: metric_column(selection, name) for name in names}

    def read() -> dict[str, np.ndarray]:
        ids = chosen_ids(selection, shown=shown)
        if compared_only or fraction is not None:
            ids = ids[_counted(selection, ids, compared_only, fraction)]
        columns = zip(wanted, columns_of(selection, list(wanted.values()), ids), strict=True)
        return {"sample_id": ids, **dict(columns)}

    answer = of_one_state(selection.database, read)
    answer.setdefault("class_id", np.full(len(answer["sample_id"]), -1, np.int32))
    return answer


def _counted(selection: Selection, ids: np.ndarray, compared_only: bool, fraction: float | None) -> np.ndarray:
    """(n,) bool: which samples can be right or wrong, and are of the fraction."""
    kept = np.ones(len(ids), bool)
    if compared_only:
        kept &= take(one_column(selection, LABEL_ID), ids) >= 0
        if selection.missing_policy != "wrong":
            kept &= take(one_column(selection, CLASS_ID), ids) >= 0
    if fraction is not None:
        kept &= take(one_column(selection, RANDOM), ids) * (1 << 24) % 1 < fraction
    return kept


def paired_predictions(selection: Selection, other: Model) -> tuple[dict[str, np.ndarray], int]:
    """Labelled samples of the filter with the prediction of the selection's model and of another.

    Returns:
        "label_id", "class_id", "other_id" (int32, −1: none, under the policy "wrong") of the samples that both models'
        policies count; how many more have a label.
    """
    others = Selection(selection.database, Filter(), model_id=other.model_id)

    def read() -> dict[str, np.ndarray]:
        ids = chosen_ids(selection)
        columns = {name: one_column(selection, column) for name, column in _COMPARED.items()}
        columns["other_id"] = one_column(others, CLASS_ID)
        return {name: take(column, ids) for name, column in columns.items()}

    columns = of_one_state(selection.database, read)
    labelled = kept = columns["label_id"] >= 0
    for name, policy in (("class_id", selection.missing_policy), ("other_id", other.missing_policy)):
        if policy != "wrong":
            kept = kept & (columns[name] >= 0)
    left_out_count = int(np.count_nonzero(labelled) - np.count_nonzero(kept))
    return {name: column[kept] for name, column in columns.items()}, left_out_count
