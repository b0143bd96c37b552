"""What has been found out about labels: a check by each model with probabilities, and one by the neighbours alone."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from misnomer.store.database import Database

NO_MODEL = -1  # stands for the neighbours alone
Basis = Literal["probabilities", "neighbors", "both"]


@dataclass(frozen=True)
class CheckRun:
    """One check of all labels: of which model, what it went by, whether the model seems to have learnt the labels."""

    model_id: int
    fingerprint: str
    basis: Basis
    in_sample: bool


def check_runs(database: Database) -> dict[int, CheckRun]:
    """Every check by its model's id."""
    rows = database.rows("select model_id, fingerprint, basis, in_sample from label_check_runs order by model_id")
    return {row[0]: CheckRun(*row) for row in rows}


def check_of_model(database: Database, model_id: int | None) -> int:
    """The model's own check if it has one, else that by the neighbours alone."""
    known = database.rows("select model_id from label_check_runs where model_id = ?", [model_id])
    return int(known[0][0]) if known else NO_MODEL


def label_fingerprint(database: Database, model_id: int) -> str:
    """Of the labels, of a model's probabilities, and of the neighbours."""
    labels = database.value(
        "select concat(count(*), ' ', bit_xor(hash(hash(s.sample_id, s.label_id, p.vector_id, p.vector_row)))) "
        "from samples s left join predictions p on p.sample_id = s.sample_id and p.model_id = ?",
        [model_id],
    )
    matrices = database.value(
        "select string_agg(file, ' ' order by file) from vectors where vector_id in "
        "(select vector_id from predictions where model_id = ?)",
        [model_id],
    )
    graph = database.value(
        "select string_agg(file, ' ' order by file) from neighbor_graphs join embeddings using (embedding_id) "
        "where is_current"
    )
    return f"{labels} {matrices} {graph}"


def set_label_check(database: Database, run: CheckRun, checks: pa.Table, joint: pa.Table) -> None:
    """Keep a check in place of the model's last one.

    Args:
        checks: sample_id, label_quality, suggested_id, suspected.
        joint: label_id, class_id, sample_count.
    """
    with database.tables(checks=checks, joint=joint), database.transaction():
        drop_label_check(database, run.model_id)
        database.execute("insert into label_check_runs values (?, ?, ?, ?)", list(vars(run).values()))
        database.execute(
            "insert into label_checks select ?, sample_id, label_quality, suggested_id, suspected from checks",
            [run.model_id],
        )
        database.execute(
            "insert into label_joint select ?, label_id, class_id, sample_count from joint", [run.model_id]
        )


def drop_label_check(database: Database, model_id: int) -> None:
    """Forget a model's check."""
    with database.transaction():
        for table in ("label_check_runs", "label_checks", "label_joint"):
            database.execute(f"delete from {table} where model_id = ?", [model_id])


def probability_places(database: Database, model_id: int) -> tuple[np.ndarray, np.ndarray]:
    """vector_id (int32) and vector_row (int64) of every sample by its id, −1 where the model gave no probabilities."""
    table = database.arrow(
        "select coalesce(vector_id, -1)::integer as vector_id, coalesce(vector_row, -1)::bigint as vector_row "
        "from samples s left join predictions p on p.sample_id = s.sample_id and p.model_id = ? order by s.sample_id",
        [model_id],
    )
    return _copied(table["vector_id"]), _copied(table["vector_row"])


def label_ids(database: Database) -> np.ndarray:
    """(N,) int32 given label of every sample by its id, −1 where there is none."""
    table = database.arrow("select coalesce(label_id, -1)::integer as label_id from samples order by sample_id")
    return _copied(table["label_id"])


def _copied(column: pa.ChunkedArray) -> np.ndarray:
    return np.array(np.from_dlpack(column.combine_chunks()))


def class_noise(database: Database, model_id: int) -> list[tuple[int, int, int]]:
    """(label_id, class_id, estimated number of samples) where there is any."""
    return database.rows(
        "select label_id, class_id, sample_count from label_joint where model_id = ? order by label_id, class_id",
        [model_id],
    )
