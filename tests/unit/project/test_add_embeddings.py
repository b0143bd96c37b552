"""The user's vectors are taken into use, added to, replaced; what follows from them follows."""

from pathlib import Path

import numpy as np
import pytest

import misnomer
from misnomer.errors import InputError
from tests.unit.project.colours import project_of_reds

KEYS = ["0.png", "1.png", "2.png", "3.png"]
VECTORS = np.array([[1, 0], [0, 1], [1, 0.1], [0.1, 1]])  # 0 is like 2, 1 is like 3


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> misnomer.Project:
    project = project_of_reds(tmp_path, {"0": 0, "1": 10, "2": 200, "3": 210}, monkeypatch)
    monkeypatch.delenv("MISNOMER_EMBEDDER")
    return project


def nearest(project: misnomer.Project, key: str) -> str:
    return project.similar(key, limit=1).samples[0].key


def uniqueness(project: misnomer.Project) -> list[float | None]:
    return [sample.metrics.get("uniqueness") for sample in project.samples().samples]


def test_they_are_in_use_at_once_and_neighbors_follow(project: misnomer.Project) -> None:
    assert nearest(project, "0.png") == "1.png"
    summary = project.add_embeddings({"keys": KEYS, "embeddings": VECTORS}, name="mine")
    assert (summary.content, summary.model, summary.counts) == (
        *("embeddings", "mine"),
        {"rows": 4, "matched": 4, "added": 4, "replaced": 0},
    )
    assert nearest(project, "0.png") == "2.png"
    assert uniqueness(project) == [None] * 4  # those of the other vectors are gone
    project.compute()
    assert uniqueness(project)[0] == pytest.approx(1 - 1 / np.hypot(1, 0.1), abs=1e-3)
    assert {s.step: (s.done, s.total) for s in project.info().computed}["embeddings"] == (4, 4)


def test_the_same_again_changes_nothing(project: misnomer.Project) -> None:
    project.add_embeddings({"keys": KEYS, "embeddings": VECTORS}, name="mine")
    assert project.add_embeddings({"keys": KEYS, "embeddings": VECTORS}, name="mine").changed is False


def test_more_of_them_are_added_and_others_replaced(project: misnomer.Project) -> None:
    project.add_embeddings({"keys": KEYS[:3], "embeddings": VECTORS[:3]}, name="mine")
    project.compute()
    summary = project.add_embeddings({"keys": KEYS[2:], "embeddings": VECTORS[[0, 3]]}, name="mine")
    assert (summary.counts["added"], summary.counts["replaced"]) == (1, 1)
    project.compute()
    assert uniqueness(project)[0] == pytest.approx(0, abs=1e-6)


def test_vectors_without_direction_are_reported(project: misnomer.Project) -> None:
    vectors = np.array([[0, 0], [np.nan, 1], [np.inf, 0], [1, 1]])
    summary = project.add_embeddings(vectors, name="mine", in_order=True)
    assert {finding.kind: finding.count for finding in summary.findings} == {"invalid_vector": 3}
    assert summary.counts["added"] == 1


def test_an_image_from_outside_needs_an_embedder(project: misnomer.Project, tmp_path: Path) -> None:
    project.add_embeddings(VECTORS, name="mine", keys=KEYS)
    with pytest.raises(InputError, match=r"your own"):
        project.similar(image=tmp_path / "images" / "0.png")


def test_the_embedders_vectors_are_kept_for_later(project: misnomer.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.add_embeddings(VECTORS, name="mine", keys=KEYS)
    monkeypatch.setenv("MISNOMER_EMBEDDER", "mean-colour")
    told: list[str] = []
    project.compute(progress=lambda step, done, total: told.append(step))
    assert "embeddings" not in told
    assert nearest(project, "0.png") == "1.png"
    assert uniqueness(project)[0] is not None
