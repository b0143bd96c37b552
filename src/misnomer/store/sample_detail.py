"""One sample in full: where its metrics stand among the others', its probabilities, its image."""

from collections.abc import Mapping

import numpy as np

from misnomer.schema import MatrixKind
from misnomer.store import vectors
from misnomer.store.classes import class_table
from misnomer.store.columns import Column, all_ids, column_pieces, metric_column, of_one_state
from misnomer.store.database import Database
from misnomer.store.image_metrics import has_image_metrics
from misnomer.store.selection import Selection


def metric_percentiles(selection: Selection, values: Mapping[str, float]) -> dict[str, float]:
    """By metric, the share of all the samples that have it that lie below the given value, ties counted half."""
    columns = {metric_column(selection, name): value for name, value in values.items()}
    counts = of_one_state(selection.database, lambda: _counts(selection, columns))
    shares = ((below + equal / 2) / known for below, equal, known in counts.values())
    return dict(zip(values, shares, strict=True))


def _counts(selection: Selection, columns: Mapping[Column, float]) -> dict[Column, tuple[int, int, int]]:
    """By column, how many values are below the one given, equal to it, and there."""
    counts = dict.fromkeys(columns, (0, 0, 0))
    for _, piece in column_pieces(selection, list(columns), all_ids(selection)):
        for column, values in piece.items():
            below, equal, known = counts[column]
            counts[column] = (
                below + int(np.count_nonzero(values < columns[column])),
                equal + int(np.count_nonzero(values == columns[column])),
                known + len(values) - int(np.count_nonzero(np.isnan(values))),
            )
    return counts


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
