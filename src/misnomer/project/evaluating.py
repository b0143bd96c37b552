"""One model's scores on the samples of a filter: counts and columns from the store, definitions from evaluation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from misnomer import settings
from misnomer.errors import InputError
from misnomer.evaluation.by_metric import performance_by_metric
from misnomer.evaluation.class_filter import membership, selected_indices, shown
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.evaluate import Coverage, evaluate_counts
from misnomer.evaluation.importance import importance, importance_sentence
from misnomer.evaluation.intervals import interval_level
from misnomer.evaluation.probabilities import to_probabilities
from misnomer.evaluation.probability_scores import ProbabilityColumns
from misnomer.evaluation.ranking import ProbabilityBlocks
from misnomer.evaluation.results import Evaluation, ImportanceReport, MetricPerformance
from misnomer.filters import Filter
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.schema import LabelVersion
from misnomer.store import vectors
from misnomer.store.classes import class_table
from misnomer.store.database import Database
from misnomer.store.decisions import corrected_predictions
from misnomer.store.fields import find_metric
from misnomer.store.models import Model
from misnomer.store.selection import Selection
from misnomer.store.statistics import (
    LabelPredictionCounts,
    SampleCounts,
    has_matrix,
    label_prediction_counts,
    sample_columns,
)

_CHUNK_ROWS = 8192
_MATRIX_COLUMNS = ("sum_squares", "label_probability", "label_rank", "vector_id", "vector_row")


@dataclass(frozen=True)
class ClassIndex:
    """The project's classes in order, and each one's index by its id."""

    names: list[str]
    index_of_id: np.ndarray

    @classmethod
    def of(cls, database: Database) -> "ClassIndex":
        """Read the classes."""
        table = class_table(database)
        ids = np.array(table["class_id"].to_pylist(), np.int32)
        index_of_id = np.full(int(ids.max(initial=-1)) + 2, -1, np.int32)  # the last entry is for id −1: none
        index_of_id[ids] = np.arange(len(ids), dtype=np.int32)
        return cls(table["name"].to_pylist(), index_of_id)

    def indices(self, class_ids: np.ndarray) -> np.ndarray:
        """Indices of class ids; −1 stays −1."""
        return np.asarray(self.index_of_id[class_ids])


def evaluate(
    database: Database,
    model: Model,
    filter: Filter,
    *,
    with_importance: bool = True,
    labels: LabelVersion = "given",
    level: float | None = None,
    excluded_ids: Sequence[int] = (),
) -> Evaluation:
    """Every score, the confusion matrix and the importance of the metrics for one model on a filter's samples."""
    selection = Selection(
        database,
        filter,
        model_id=model.model_id,
        missing_policy=model.missing_policy,
        labels=labels,
        excluded_ids=excluded_ids,
    )
    classes = ClassIndex.of(database)
    counted = label_prediction_counts(selection)
    coverage = counted.shown(selection.selected_class_ids)
    _check_policy(model, coverage)
    compared = counted.compared(model.missing_policy)
    probabilities, blocks = _probabilities(selection, classes)
    evaluation = evaluate_counts(
        ConfusionCounts.from_triples(
            classes.indices(compared.label_ids),
            classes.indices(compared.class_ids),
            compared.counts,
            len(classes.names),
        ),
        classes.names,
        selected=filter.classes,
        coverage=Coverage(coverage.sample_count, coverage.labelled_count, coverage.predicted_count),
        missing_policy=model.missing_policy,
        probabilities=probabilities,
        blocks=blocks,
        model=model.name,
        level=level,
    )
    if not with_importance:
        return evaluation
    return evaluation.model_copy(update=dict(_importance(selection, classes, compared)))


def importance_report(database: Database, model: Model, filter: Filter, labels: LabelVersion) -> ImportanceReport:
    """How much each metric tells about one model being right on a filter's samples."""
    selection = Selection(database, filter, model_id=model.model_id, missing_policy=model.missing_policy, labels=labels)
    compared = label_prediction_counts(selection).compared(model.missing_policy)
    return _importance(selection, ClassIndex.of(database), compared)


def _check_policy(model: Model, coverage: SampleCounts) -> None:
    lacking = coverage.labelled_count - coverage.compared_count
    if model.missing_policy == "error" and lacking:
        raise InputError(
            f"{lacking:,} labelled samples have no prediction of {model.name!r}, and its policy is error.",
            hint="Add them, or choose another policy: add-predictions … --missing exclude|wrong.",
        )


def by_metric(
    database: Database,
    model: Model,
    filter: Filter,
    metric: str,
    *,
    rate: Literal["recall", "precision"] = "recall",
    bins: int | None = None,
    width: Literal["equal count", "equal width"] = "equal count",
    by_class: bool = False,
    labels: LabelVersion = "given",
    level: float | None = None,
) -> MetricPerformance:
    """Recall or precision of one model as a function of a metric, on a filter's samples."""
    find_metric(database, metric)
    selection = Selection(database, filter, model_id=model.model_id, missing_policy=model.missing_policy, labels=labels)
    classes = ClassIndex.of(database)
    columns = sample_columns(selection, [metric], compared_only=True)
    return performance_by_metric(
        metric,
        project_metrics(database)[metric].title,
        columns[metric],
        classes.indices(columns["label_id"]),
        classes.indices(columns["class_id"]),
        classes.names,
        rate=rate,
        bins=bins,
        width=width,
        selected=selected_indices(filter.classes, classes.names),
        by_class=by_class,
        level=interval_level(level),
    )


def _importance(selection: Selection, classes: ClassIndex, compared: LabelPredictionCounts) -> ImportanceReport:
    """Importance on the compared samples; on a part of them, drawn by their keys, where there are very many."""
    names = image_metric_names(selection.database)
    total = compared.shown(selection.selected_class_ids).sample_count
    limit = settings.get_int("importance_samples")
    is_part = 0 < limit < total
    columns = sample_columns(selection, names, compared_only=True, fraction=limit / total if is_part else None)
    labels, predictions = classes.indices(columns["label_id"]), classes.indices(columns["class_id"])
    selected = selected_indices(selection.filter.classes, classes.names)
    kept = shown(labels, predictions, membership(selected, len(classes.names)))
    metrics = project_metrics(selection.database)
    rows = importance(
        (labels == predictions)[kept],
        {name: columns[name][kept] for name in names},
        {name: metrics[name].title for name in names},
        labels[kept],
        permutations=settings.get_int("permutations"),
        seed=settings.get_int("seed"),
    )
    sentence = importance_sentence(rows, drawn_from=total if is_part else None)
    return ImportanceReport(importance=rows, importance_sentence=sentence)


def _probabilities(
    selection: Selection, classes: ClassIndex
) -> tuple[ProbabilityColumns | None, ProbabilityBlocks | None]:
    """Columns and blocks over the samples with a label and a confidence; None where the model gave no confidence."""
    with_matrix = has_matrix(selection)
    columns = sample_columns(
        selection,
        [],
        prediction_columns=("confidence", *_MATRIX_COLUMNS) if with_matrix else ("confidence",),
        compared_only=True,
    )
    predicted = (columns["class_id"] >= 0) & ~np.isnan(columns["confidence"])
    if not predicted.any():
        return None, None
    if not predicted.all():
        columns = {name: column[predicted] for name, column in columns.items()}
    labels, predictions = classes.indices(columns["label_id"]), classes.indices(columns["class_id"])
    if not with_matrix or (columns["vector_id"] < 0).any():
        return ProbabilityColumns(labels, columns["confidence"], labels == predictions), None
    if selection.labels == "corrected":
        _look_up_corrected(selection, columns)
    blocks, column_count = _blocks(selection.database, columns["vector_id"], columns["vector_row"], classes)
    scored = ProbabilityColumns(
        labels,
        columns["confidence"],
        labels == predictions,
        columns["label_probability"],
        columns["label_rank"],
        columns["sum_squares"],
        column_count,
    )
    return scored, blocks


def _look_up_corrected(selection: Selection, columns: dict[str, np.ndarray]) -> None:
    """Replace the probability and rank of the given label where a review has changed it; they are few."""
    from misnomer.project.adding.label_columns import look_up_labels  # with all that imports need

    if selection.model_id is None:
        return
    looked_up = look_up_labels(selection.database, corrected_predictions(selection.database, selection.model_id))
    places = np.searchsorted(columns["sample_id"], looked_up["sample_id"].to_numpy())
    places = np.minimum(places, len(columns["sample_id"]) - 1)
    found = columns["sample_id"][places] == looked_up["sample_id"].to_numpy()
    for name in ("label_probability", "label_rank"):
        columns[name] = columns[name].copy()
        columns[name][places[found]] = looked_up[name].to_numpy()[found]


def _blocks(
    database: Database, vector_ids: np.ndarray, vector_rows: np.ndarray, classes: ClassIndex
) -> tuple[ProbabilityBlocks, int]:
    """The matrix rows of the scored samples in file order; several files are brought to the project's classes."""
    stored = vectors.matrices(database)
    order = np.lexsort((vector_rows, vector_ids))
    used = [stored[vector_id] for vector_id in np.unique(vector_ids)]
    if len(used) == 1:
        matrix = used[0]
        columns = np.full(len(classes.names), -1, np.int32)
        columns[classes.indices(np.array(matrix.class_ids))] = np.arange(len(matrix.class_ids))
        rows = vector_rows[order]
        return ProbabilityBlocks(lambda: _chunks(matrix, rows), matrix.kind, order, columns), len(matrix.class_ids)

    def aligned_chunks() -> Iterator[np.ndarray]:
        for matrix in used:
            indices = classes.indices(np.array(matrix.class_ids))
            for chunk in _chunks(matrix, vector_rows[order][vector_ids[order] == matrix.vector_id]):
                aligned = np.zeros((len(chunk), len(classes.names)))
                aligned[:, indices] = to_probabilities(chunk, matrix.kind)
                yield aligned

    has_column = np.zeros(len(classes.names), bool)
    for matrix in used:
        has_column[classes.indices(np.array(matrix.class_ids))] = True
    columns = np.where(has_column, np.arange(len(classes.names)), -1).astype(np.int32)
    return ProbabilityBlocks(aligned_chunks, "probabilities", order, columns), int(has_column.sum())


def _chunks(matrix: vectors.StoredMatrix, rows: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(rows), _CHUNK_ROWS):
        yield matrix.rows(rows[start : start + _CHUNK_ROWS])
