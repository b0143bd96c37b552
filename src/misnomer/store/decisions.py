"""Decisions of a review, with their history; what they say of the labels is the labels' corrected version."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from misnomer.schema import ReviewAction
from misnomer.store.database import Database

_COLUMNS = (
    "d.decision_id, d.sample_id, s.key, d.action, l.name, g.name, d.decided_at, d.undone_at "
    "from decisions d join samples s using (sample_id) "
    "left join classes l on l.class_id = d.label_id left join classes g on g.class_id = d.given_label_id"
)


@dataclass(frozen=True)
class StoredDecision:
    """One decision: ``label`` is the class it says is right (None: skipped), ``given_label`` the label at the time."""

    decision_id: int
    sample_id: int
    key: str
    action: ReviewAction
    label: str | None
    given_label: str | None
    decided_at: datetime
    undone_at: datetime | None


def is_reviewed(database: Database) -> bool:
    """Whether a decision on any label stands."""
    return bool(database.value("select exists (select 1 from corrected_labels)"))


def add_decisions(database: Database, actions: list[ReviewAction], sample_ids: np.ndarray, label_ids: pa.Array) -> int:
    """Keep decisions, all or none; returns the id of the first, the others following it.

    Args:
        sample_ids: (n,) int32.
        label_ids: (n,) int32: the class that each says is right; null for a skip.
    """
    incoming = pa.table(
        {
            "place": np.arange(len(actions)),
            "sample_id": sample_ids,
            "action": pa.array(actions, pa.string()),
            "label_id": label_ids,
        }
    )
    with database.transaction():
        first = int(database.value("select coalesce(max(decision_id) + 1, 0) from decisions"))
        with database.tables(incoming=incoming):
            database.execute(
                "insert into decisions select ? + place, n.sample_id, n.action, n.label_id, s.label_id, ?, null "
                "from incoming n join samples s using (sample_id) order by place",
                [first, _now()],
            )
    return first


def undo_last(database: Database) -> int | None:
    """Take the last decision that stands back; returns its id, None when there is none."""
    with database.transaction():
        last = database.value("select max(decision_id) from decisions where undone_at is null")
        if last is not None:
            database.execute("update decisions set undone_at = ? where decision_id = ?", [_now(), last])
    return None if last is None else int(last)


def last_decision(database: Database) -> StoredDecision | None:
    """The last decision that stands."""
    rows = database.rows(f"select {_COLUMNS} where undone_at is null order by decision_id desc limit 1")
    return StoredDecision(*rows[0]) if rows else None


def find_decision(database: Database, decision_id: int) -> StoredDecision:
    """One decision."""
    return StoredDecision(*database.rows(f"select {_COLUMNS} where decision_id = ?", [decision_id])[0])


def list_decisions(database: Database, *, limit: int | None = None, offset: int = 0) -> list[StoredDecision]:
    """The history, the last first, undone decisions included."""
    page = (f"limit {int(limit)} " if limit is not None else "") + f"offset {int(offset)}"
    rows = database.rows(f"select {_COLUMNS} order by d.decision_id desc {page}")
    return [StoredDecision(*row) for row in rows]


def count_decisions(database: Database) -> dict[str, int]:
    """Samples by the action of the last decision on them that stands."""
    rows = database.rows(
        "select action, count(*) from (select sample_id, arg_max(action, decision_id) as action from decisions "
        "where undone_at is null group by sample_id) group by action"
    )
    return {"keep": 0, "correct": 0, "skip": 0} | dict(rows)


def corrected_predictions(database: Database, model_id: int) -> pa.Table:
    """model_id, sample_id, label_id (corrected), vector_id, vector_row of a model's predictions with probabilities
    whose label a decision has changed, in the order of the matrices' rows."""
    return database.arrow(
        "select p.model_id, p.sample_id, c.label_id, p.vector_id, p.vector_row "
        "from corrected_labels c join predictions p using (sample_id) "
        "where p.model_id = ? and p.vector_id is not null and p.label_id is distinct from c.label_id "
        "order by p.vector_id, p.vector_row",
        [model_id],
    )


def standing_labels(database: Database) -> pa.ChunkedArray:
    """Of every sample in order, the class that its last standing decision says is right; null without one."""
    return database.arrow(
        "select name from samples s left join corrected_labels c using (sample_id) "
        "left join classes l on l.class_id = c.label_id order by sample_id"
    )["name"]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
