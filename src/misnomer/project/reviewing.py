"""Decisions on labels: keep, correct, skip; with history and undo."""

from collections.abc import Sequence
from datetime import UTC
from typing import get_args

import numpy as np
import pyarrow as pa

from misnomer.errors import InputError, LengthMismatch, UnknownName
from misnomer.project.results import Decision, DecisionPage
from misnomer.schema import ReviewAction
from misnomer.store import decisions
from misnomer.store.classes import class_table
from misnomer.store.database import Database
from misnomer.store.samples import given_labels, keys_by_id, unknown_key


def decide(database: Database, sample: str | int, action: str, label: str | None) -> Decision:
    """Keep one decision on a sample's label; the last decision said again, as after a lost answer, is the same one."""
    if action not in get_args(ReviewAction):
        raise UnknownName("action", action, get_args(ReviewAction))
    if (label is not None) != (action == "correct"):
        raise InputError(
            f"The action {action!r} takes {'a label' if action == 'correct' else 'no label'}.",
            hint="Correct with a label; keep and skip without.",
        )
    key = _key(database, sample)
    sample_id, given = _known(database, [key])[key]
    if action == "keep":
        if given is None:
            raise InputError(f"{sample!r} has no label to keep.", hint="Give it one: correct, with a label.")
        label = given
    label_ids = _class_ids(database, [label])
    last = decisions.last_decision(database)
    if last is not None and (last.sample_id, last.action, last.label) == (sample_id, action, label):
        return _result(last)
    added = decisions.add_decisions(database, [action], np.array([sample_id], np.int32), label_ids)  # type: ignore[list-item]
    return _result(decisions.find_decision(database, added))


def decide_all(database: Database, keys: Sequence[str], labels: Sequence[str]) -> int:
    """Keep a decision a sample: the label is kept where it is the given one, else corrected. All or none."""
    if len(keys) != len(labels):
        raise LengthMismatch(f"{len(keys):,} keys but {len(labels):,} labels.", hint="Give one label a key.")
    known = _known(database, keys)
    actions: list[ReviewAction] = [
        "keep" if known[key][1] == label else "correct" for key, label in zip(keys, labels, strict=True)
    ]
    sample_ids = np.array([known[key][0] for key in keys], np.int32)
    decisions.add_decisions(database, actions, sample_ids, _class_ids(database, labels))
    return len(keys)


def undo(database: Database) -> Decision:
    """Take the last decision back.

    Raises:
        InputError: none stands.
    """
    undone = decisions.undo_last(database)
    if undone is None:
        raise InputError("There is no decision to undo.")
    return _result(decisions.find_decision(database, undone))


def decision_page(database: Database, *, limit: int | None, offset: int) -> DecisionPage:
    """The history, the last first, and how many samples were kept, corrected and skipped."""
    counts = decisions.count_decisions(database)
    rows = decisions.list_decisions(database, limit=limit, offset=offset)
    return DecisionPage(
        kept=counts["keep"], corrected=counts["correct"], skipped=counts["skip"], decisions=tuple(map(_result, rows))
    )


def _key(database: Database, sample: str | int) -> str:
    if isinstance(sample, str):
        return sample
    keys = keys_by_id(database, [sample])
    if sample not in keys:
        raise InputError(f"There is no sample {sample}.", hint="Name it by its key, or by the id that HTTP gives.")
    return keys[sample]


def _known(database: Database, keys: Sequence[str]) -> dict[str, tuple[int, str | None]]:
    known = given_labels(database, keys)
    for key in keys:
        if key not in known:
            raise unknown_key(database, key)
    return known


def _class_ids(database: Database, labels: Sequence[str | None]) -> pa.Array:
    table = class_table(database)
    ids = dict(zip(table["name"].to_pylist(), table["class_id"].to_pylist(), strict=True))
    for label in labels:
        if label is not None and label not in ids:
            raise UnknownName("class", label, ids)
    return pa.array([None if label is None else ids[label] for label in labels], pa.int32())


def _result(stored: decisions.StoredDecision) -> Decision:
    return Decision(
        **vars(stored)
        | {
            "decided_at": stored.decided_at.replace(tzinfo=UTC),
            "undone_at": stored.undone_at and stored.undone_at.replace(tzinfo=UTC),
        }
    )
