"""Decisions are kept with their history, and say what the corrected labels are."""

import numpy as np
import pyarrow as pa
import pytest

from misnomer.errors import UnknownName
from misnomer.filters import Filter, where
from misnomer.store.database import Database
from misnomer.store.decisions import add_decisions, count_decisions, list_decisions, undo_last
from misnomer.store.listing import count_shown, export_samples, list_samples
from misnomer.store.selection import Selection
from misnomer.store.statistics import label_prediction_counts

CAT, DOG, EEL = range(3)


def decide(database: Database, action: str, sample_id: int, class_id: int | None) -> None:
    add_decisions(database, [action], np.array([sample_id], np.int32), pa.array([class_id], pa.int32()))  # type: ignore[list-item]


def corrected_labels(database: Database) -> list[str | None]:
    return [record["label"] for record in list_samples(Selection(database, Filter(), labels="corrected"))]


def test_without_decisions_the_corrected_labels_are_the_given_ones(database: Database) -> None:
    assert corrected_labels(database) == ["cat", "cat", "dog", "dog", "eel", None]


def test_the_last_decision_on_a_sample_counts_and_a_skip_changes_nothing(database: Database) -> None:
    decide(database, "correct", 1, DOG)
    decide(database, "correct", 2, EEL)
    decide(database, "keep", 2, DOG)
    decide(database, "skip", 1, None)
    decide(database, "correct", 5, CAT)
    assert corrected_labels(database) == ["cat", "dog", "dog", "dog", "eel", "cat"]
    assert count_decisions(database) == {"keep": 1, "correct": 1, "skip": 1}


def test_undoing_takes_back_one_decision_after_the_other_and_keeps_the_history(database: Database) -> None:
    decide(database, "correct", 1, DOG)
    decide(database, "correct", 1, EEL)
    assert undo_last(database) == 1
    assert corrected_labels(database)[1] == "dog"
    assert undo_last(database) == 0
    assert corrected_labels(database)[1] == "cat"
    assert undo_last(database) is None
    assert [(d.decision_id, d.label, d.given_label, d.undone_at is None) for d in list_decisions(database)] == [
        (1, "eel", "cat", False),
        (0, "dog", "cat", False),
    ]


def test_decisions_survive_closing_the_project(database: Database) -> None:
    decide(database, "correct", 1, DOG)
    database.close()
    assert corrected_labels(Database(database.directory))[1] == "dog"


def test_filters_and_counts_take_the_corrected_labels(predicted: Database) -> None:
    decide(predicted, "correct", 1, DOG)  # labelled cat, predicted dog
    given = Selection(predicted, where(outcome="fp"), model_id=0)
    corrected = Selection(predicted, where(outcome="fp"), model_id=0, labels="corrected")
    assert [r["key"] for r in list_samples(given)] == ["cat/2.jpg", "dog/2.jpg"]
    assert [r["key"] for r in list_samples(corrected)] == ["dog/2.jpg"]
    assert count_shown(Selection(predicted, where("label = dog"), model_id=0, labels="corrected")) == 3
    assert count_shown(Selection(predicted, where(classes=["dog"]), labels="corrected")) == 3
    counted = label_prediction_counts(Selection(predicted, Filter(), model_id=0, labels="corrected"))
    both = counted.compared("exclude")
    found = list(zip(both.label_ids, both.class_ids, both.counts, strict=True))
    assert found == [(CAT, CAT, 1), (DOG, DOG, 2), (DOG, EEL, 1)]


def test_both_versions_can_be_filtered_and_are_exported_after_a_review(database: Database) -> None:
    assert "given_label" not in export_samples(Selection(database, Filter())).schema.names
    decide(database, "correct", 1, DOG)
    rows = export_samples(Selection(database, where("corrected_label = dog", "given_label = cat"))).read_all()
    assert rows.select(["key", "label", "given_label", "corrected_label", "decision"]).to_pylist() == [
        {"key": "cat/2.jpg", "label": "cat", "given_label": "cat", "corrected_label": "dog", "decision": "correct"}
    ]
    record = list_samples(Selection(database, where(text="cat/2"), labels="corrected"))[0]
    assert (record["label"], record["given_label"]) == ("dog", "cat")


def test_what_was_decided_last_can_be_filtered(database: Database) -> None:
    decide(database, "correct", 1, DOG)
    decide(database, "keep", 1, CAT)
    decide(database, "correct", 2, CAT)
    decide(database, "skip", 3, None)
    undo_last(database)
    shown = {
        action: list_samples(Selection(database, where(f"decision = {action}")))
        for action in ("keep", "correct", "skip")
    }
    assert {action: [row["key"] for row in rows] for action, rows in shown.items()} == {
        "keep": ["cat/2.jpg"],
        "correct": ["dog/1.jpg"],
        "skip": [],
    }


def test_a_version_that_is_not_there_is_told(database: Database) -> None:
    with pytest.raises(UnknownName, match="version of the labels 'new'"):
        Selection(database, Filter(), labels="new")  # type: ignore[arg-type]
