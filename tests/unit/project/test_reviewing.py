"""Reviewing a project's labels."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from misnomer.errors import InputError, LengthMismatch, UnknownName
from misnomer.evaluation.score import score
from misnomer.project import create
from misnomer.project.project import Project

CLASSES = ["cat", "dog", "eel"]
LABELS = ["cat", "cat", "dog", "dog", "eel", "eel"]
PROBABILITIES = np.array(
    [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.6, 0.1], [0.2, 0.3, 0.5], [0.1, 0.1, 0.8], [0.5, 0.1, 0.4]]
)
KEYS = [f"{i}.jpg" for i in range(6)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": LABELS}), skip=["pixels"])
    project.add_predictions({"keys": KEYS, "probabilities": PROBABILITIES, "class_names": CLASSES}, model="m")
    return project


def test_scores_of_corrected_labels_equal_those_of_a_project_with_these_labels(project: Project) -> None:
    before = project.evaluate()
    project.decide("1.jpg", "correct", "dog")
    project.decide(5, "correct", "cat")
    project.decide("0.jpg", "keep")
    expected = score(["cat", "dog", "dog", "dog", "eel", "cat"], probabilities=PROBABILITIES, classes=CLASSES)
    corrected = project.evaluate(labels="corrected")
    assert corrected.scores == expected.scores
    assert corrected.classes == expected.classes
    assert project.evaluate() == before
    chosen = project.evaluate(labels="corrected", classes=["cat"])
    assert chosen.accuracy.value == 1.0


def test_a_decision_tells_what_it_decided(project: Project) -> None:
    kept = project.decide("0.jpg", "keep")
    assert (kept.key, kept.sample_id, kept.action, kept.label, kept.given_label) == ("0.jpg", 0, "keep", "cat", "cat")
    skipped = project.decide("1.jpg", "skip")
    assert skipped.label is None
    undone = project.undo_decision()
    assert undone.decision_id == skipped.decision_id
    assert undone.undone_at is not None and undone.undone_at >= skipped.decided_at
    page = project.decisions()
    assert (page.kept, page.corrected, page.skipped) == (1, 0, 0)
    assert [d.key for d in page.decisions] == ["1.jpg", "0.jpg"]


def test_the_last_decision_said_again_is_the_same_one(project: Project) -> None:
    first = project.decide("1.jpg", "correct", "dog")
    assert project.decide("1.jpg", "correct", "dog") == first
    assert project.decide("1.jpg", "correct", "eel").decision_id == 1
    assert len(project.decisions().decisions) == 2


def test_labels_that_come_back_are_kept_or_corrected_all_or_none(project: Project) -> None:
    with pytest.raises(UnknownName, match="class 'cow'"):
        project.decide_all(["0.jpg", "1.jpg"], ["cat", "cow"])
    with pytest.raises(UnknownName, match="key"):
        project.decide_all(["0.jpg", "x.jpg"], ["cat", "cat"])
    with pytest.raises(LengthMismatch):
        project.decide_all(["0.jpg"], [])
    assert project.decisions().decisions == ()
    assert project.decide_all(["0.jpg", "1.jpg"], ["cat", "dog"]) == 2
    page = project.decisions()
    assert (page.kept, page.corrected) == (1, 1)
    assert project.samples(labels="corrected").samples[1].label == "dog"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("0.jpg", "correct"), "takes a label"),
        (("0.jpg", "keep", "cat"), "takes no label"),
        (("0.jpg", "burn"), "Unknown action 'burn'"),
        (("0.jpg", "correct", "cow"), "Unknown class 'cow'"),
        (("7.jpg", "keep"), "Unknown key '7.jpg'"),
        ((99, "keep"), "no sample 99"),
    ],
)
def test_what_cannot_be_decided_is_refused(project: Project, arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        project.decide(*arguments)
    assert project.decisions().decisions == ()


def test_there_may_be_nothing_to_undo(project: Project) -> None:
    with pytest.raises(InputError, match="no decision to undo"):
        project.undo_decision()
