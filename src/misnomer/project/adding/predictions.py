"""A model's predictions from a file or arrays."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyarrow as pa

from misnomer import settings
from misnomer.errors import UnknownName
from misnomer.evaluation.probabilities import ROW_PROBLEMS, row_columns
from misnomer.project.adding.derived import refresh_derived
from misnomer.project.import_reports import save_report
from misnomer.project.progress import Progress
from misnomer.project.results import ImportSummary
from misnomer.readers.align import align_rows
from misnomer.readers.predictions import PredictionFile, ProbabilityMatrix, read_predictions
from misnomer.schema import MissingPolicy
from misnomer.store import models, samples, vectors
from misnomer.store.classes import class_id_column, label_class_names
from misnomer.store.database import Database

_NUMBERS_OF_PROBABILITIES = ("margin", "prediction_entropy", "variance", "sum_squares")


def add_predictions(
    database: Database,
    source: Any,
    *,
    model: str,
    missing: MissingPolicy | None = None,
    split: str | None = None,
    classes_file: str | Path | None = None,
    progress: Progress,
) -> ImportSummary:
    """Add a model's predictions, or more of them; a sample's newer prediction replaces the older."""
    if missing is not None and missing not in get_args(MissingPolicy):
        raise UnknownName("policy", missing, get_args(MissingPolicy))
    file = read_predictions(source, class_names=label_class_names(database), classes_file=classes_file)
    known = samples.sample_table(database)
    alignment = align_rows(file, known["key"], known["label"], known["split"], split=split)
    if file.matrix is None:
        rows, usable = _rows_of_classes(database, file)
    else:
        rows, usable = _rows_of_matrix(database, file, file.matrix, progress)
    matched = usable[alignment.file_rows]
    file_rows, sample_rows = alignment.file_rows[matched], alignment.sample_rows[matched]
    sample_ids = known["sample_id"].take(pa.array(sample_rows))
    aside = alignment.unmatched_rows[usable[alignment.unmatched_rows]]
    with database.transaction():
        stored, is_new = models.add_model(database, model, missing)
        counts = models.set_predictions(
            database, stored.model_id, rows.take(pa.array(file_rows)).append_column("sample_id", sample_ids)
        )
        kept = _keep_aside(database, stored.model_id, file, rows, aside)
        vectors.drop_unused_matrices(database)
        refresh_derived(database, progress)
        file.report.counts |= {"rows": file.row_count, "matched": len(file_rows), **counts}
        return save_report(
            database,
            file.report,
            model=model,
            changed=is_new or kept > 0 or any(counts.values()),
            key_limit=settings.get_int("report_keys"),
        )


def _keep_aside(database: Database, model_id: int, file: PredictionFile, rows: pa.Table, aside: np.ndarray) -> int:
    if file.keys is None or not len(aside):
        return 0
    indices = pa.array(aside)
    return models.keep_unmatched_predictions(
        database, model_id, rows.take(indices).append_column("key", file.keys.take(indices))
    )


def _rows_of_classes(database: Database, file: PredictionFile) -> tuple[pa.Table, np.ndarray]:
    """FILE_COLUMNS of every row of a file that names classes, and which rows do."""
    class_ids = class_id_column(database, file.predictions)
    unknown = pa.nulls(file.row_count, pa.float64())
    rows = pa.table(
        {
            "class_id": class_ids,
            "confidence": unknown if file.confidence is None else file.confidence,
            **dict.fromkeys(_NUMBERS_OF_PROBABILITIES, unknown),
            "vector_id": pa.nulls(file.row_count, pa.int32()),
            "vector_row": pa.nulls(file.row_count, pa.int64()),
        }
    )
    return rows, class_ids.is_valid().to_numpy(zero_copy_only=False)


def _rows_of_matrix(
    database: Database, file: PredictionFile, matrix: ProbabilityMatrix, progress: Progress
) -> tuple[pa.Table, np.ndarray]:
    """FILE_COLUMNS of every row of a matrix, which is copied into ``vectors/`` on the way, and which rows are valid."""
    parts: list[Mapping[str, np.ndarray]] = []
    shape = (matrix.row_count, len(matrix.class_names))
    done = 0
    with vectors.MatrixWriter(database.vectors_directory, shape, matrix.dtype) as writer:
        for chunk in matrix.chunks():
            writer.write(chunk)
            parts.append(row_columns(chunk, matrix.kind))
            done += len(chunk)
            progress("predictions", done, matrix.row_count)
        file_name = writer.finish()
    columns = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    for number, kind in enumerate(ROW_PROBLEMS[1:], start=1):
        file.report.add(kind, _row_names(file, np.flatnonzero(columns["problem"] == number)))
    class_ids = class_id_column(database, pa.array(matrix.class_names, pa.string()))
    vector_id = vectors.add_matrix(database, file_name, matrix.kind, matrix.row_count, class_ids.to_pylist())
    rows = pa.table(
        {
            "class_id": class_ids.take(pa.array(np.maximum(columns["prediction"], 0))),
            "confidence": columns["confidence"],
            **{name: columns[name] for name in _NUMBERS_OF_PROBABILITIES},
            "vector_id": pa.repeat(pa.scalar(vector_id, pa.int32()), matrix.row_count),
            "vector_row": np.arange(matrix.row_count),
        }
    )
    return rows, columns["valid"]


def _row_names(file: PredictionFile, rows: np.ndarray) -> list[str]:
    if file.keys is None:
        return [f"row {row + 1}" for row in rows]
    return [str(key) for key in file.keys.take(pa.array(rows)).to_pylist()]
