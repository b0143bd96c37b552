"""One model's scores on the samples of a filter: counts and columns from the store, definitions from evaluation."""

from collections.abc import Iterator
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
from misnomer.evaluation.results import Evaluation, MetricImportance, MetricPerformance
from misnomer.filters import Filter
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.store import vectors
from misnomer.store.classes import class_table
from misnomer.store.database import Database
from misnomer.store.fields import find_metric
from misnomer.store.models import Model
from misnomer.store.selection import Selection
from misnomer.store.statistics import SampleCounts, confusion_triples, count_selected, sample_columns

_CHUNK_ROWS = 8192
_PROBABILITY_COLUMNS = ("confidence", "sum_squares", "label_probability", "label_rank", "vector_id", "vector_row")


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
    level: float | None = None,
) -> Evaluation:
    """Every score, the confusion matrix and the importance of the metrics for one model on a filter's samples."""
    selection = Selection(database, filter, model_id=model.model_id, missing_policy=model.missing_policy)
    classes = ClassIndex.of(database)
    label_ids, prediction_ids, counts = confusion_triples(selection)
    probabilities, blocks = _probabilities(selection, classes)
    coverage = count_selected(selection)
    _check_policy(model, coverage)
    evaluation = evaluate_counts(
        ConfusionCounts.from_triples(
            classes.indices(label_ids), classes.indices(prediction_ids), counts, len(classes.names)
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
    rows = _importance(selection, classes)
    return evaluation.model_copy(update={"importance": rows, "importance_sentence": importance_sentence(rows)})


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
    level: float | None = None,
) -> MetricPerformance:
    """Recall or precision of one model as a function of a metric, on a filter's samples."""
    find_metric(database, metric)
    selection = Selection(database, filter, model_id=model.model_id, missing_policy=model.missing_policy)
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


def _importance(selection: Selection, classes: ClassIndex) -> tuple[MetricImportance, ...]:
    names = image_metric_names(selection.database)
    columns = sample_columns(selection, names, compared_only=True)
    labels, predictions = classes.indices(columns["label_id"]), classes.indices(columns["class_id"])
    selected = selected_indices(selection.filter.classes, classes.names)
    kept = shown(labels, predictions, membership(selected, len(classes.names)))
    metrics = project_metrics(selection.database)
    return importance(
        (labels == predictions)[kept],
        {name: columns[name][kept] for name in names},
        {name: metrics[name].title for name in names},
        labels[kept],
        permutations=settings.get_int("permutations"),
        seed=settings.get_int("seed"),
    )


def _probabilities(
    selection: Selection, classes: ClassIndex
) -> tuple[ProbabilityColumns | None, ProbabilityBlocks | None]:
    """Columns and blocks over the samples with a label and a confidence; None where the model gave no confidence."""
    columns = sample_columns(selection, [], prediction_columns=_PROBABILITY_COLUMNS, compared_only=True)
    predicted = (columns["class_id"] >= 0) & ~np.isnan(columns["confidence"])
    if not predicted.any():
        return None, None
    columns = {name: column[predicted] for name, column in columns.items()}
    labels, predictions = classes.indices(columns["label_id"]), classes.indices(columns["class_id"])
    if (columns["vector_id"] < 0).any():
        return ProbabilityColumns(labels, columns["confidence"], labels == predictions), None
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
