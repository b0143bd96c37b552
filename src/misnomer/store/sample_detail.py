"""One sample in full: where its metrics stand among the others', its probabilities, its image."""

from collections.abc import Mapping

import numpy as np

from misnomer.schema import MatrixKind
from misnomer.store import vectors
from misnomer.store.classes import class_table
from misnomer.store.columns import each_column, metric_column
from misnomer.store.database import Database
from misnomer.store.image_metrics import has_image_metrics
from misnomer.store.selection import Selection


def metric_percentiles(selection: Selection, values: Mapping[str, float]) -> dict[str, float]:
    """By metric, the share of all the samples that have it that lie below the given value, ties counted half."""
    columns = each_column(selection, [metric_column(selection, name) for name in values])
    return {name: _share_below(column, value) for (name, value), column in zip(values.items(), columns, strict=True)}


def _share_below(column: np.ndarray, value: float) -> float:
    below, equal = np.count_nonzero(column < value), np.count_nonzero(column == value)
    return float((below + equal / 2) / (len(column) - np.count_nonzero(np.isnan(column))))


def matrix_row(database: Database, model_id: int, sample_id: int) -> tuple[MatrixKind, list[str], np.ndarray] | None:
    """How to read a model's row of a sample, the classes of its columns, and the (1, K) row; None if there is none."""
    places = database.rows(
        "select vector_id, vector_row from predictions where model_id = ? and sample_id = ? and vector_id is not null",
        [model_id, sample_id],
    )
    if not places:
        return None
    vector_id, row = places[0]
    matrix = vectors.matrices(database)[vector_id]
    table = class_table(database)
    names = dict(zip(table["class_id"].to_pylist(), table["name"].to_pylist(), strict=True))
    return matrix.kind, [names[class_id] for class_id in matrix.class_ids], matrix.rows(np.array([row]))


def image_problem(database: Database, sample_id: int) -> str | None:
    """What was wrong with an image when it was measured."""
    if not has_image_metrics(database):
        return None
    problem: str | None = database.value(
        "select coalesce(problem_detail, problem) from image_metrics where sample_id = ? and problem is not null",
        [sample_id],
    )
    return problem
