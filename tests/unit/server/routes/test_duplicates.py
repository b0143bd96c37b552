"""Duplicates over HTTP are those of Python."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from misnomer.project import Project


@pytest.fixture
def copied(project: Project, tmp_path: Path) -> Project:
    """With a photo of a cat, and its copy as a dog."""
    more = tmp_path / "more"
    for name in ("cat", "dog, wild"):
        (more / name).mkdir(parents=True)
    coarse = np.random.default_rng(0).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    Image.fromarray(coarse).resize((400, 300)).save(more / "cat" / "photo.jpg")
    shutil.copy(more / "cat" / "photo.jpg", more / "dog, wild" / "copy.jpg")
    project.add_images(more)
    project.compute("pixels", "duplicates")
    return project


def test_groups(client: TestClient, copied: Project) -> None:
    answer = client.get("/api/duplicates", params={"kind": "exact", "threshold": 0.9, "limit": 10})
    assert answer.json() == copied.duplicates(kind="exact", threshold=0.9, limit=10).to_dict()
    (group,) = [one for one in answer.json()["groups"] if one["kept"] == "cat/photo.jpg"]
    assert group["contradictory_labels"]
    assert [sample["key"] for sample in group["samples"]] == ["cat/photo.jpg", "dog, wild/copy.jpg"]


def test_scores_without_them(client: TestClient, copied: Project) -> None:
    answer = client.get("/api/duplicates/evaluation")
    assert answer.json() == copied.evaluate_deduplicated().to_dict()
    assert answer.json()["copy_count"] > 0
    exact = client.get("/api/duplicates/evaluation", params={"kind": "exact"})
    assert exact.json() == copied.evaluate_deduplicated(kind="exact").to_dict()


def test_copies_are_tagged_and_the_keys_undo_it(client: TestClient, copied: Project) -> None:
    change = client.post("/api/duplicates/tags", json={"tag": "copy"}).json()
    assert "dog, wild/copy.jpg" in change["keys"]
    assert copied.samples(tags=["copy"]).total == change["changed"] == len(change["keys"])
    undone = client.post("/api/tags", json={"tag": "copy", "filter": {"keys": change["keys"]}, "remove": True})
    assert undone.json()["changed"] == change["changed"]


def test_a_reader_tags_nothing(reader: TestClient) -> None:
    assert reader.post("/api/duplicates/tags", json={"tag": "copy"}).status_code == 403


@pytest.mark.parametrize("wrong", [{"threshold": 0.5}, {"bits": 9}, {"kind": "same"}, {"offset": -1}])
def test_values_out_of_range_are_refused(client: TestClient, wrong: dict[str, object]) -> None:
    assert client.get("/api/duplicates", params=wrong).status_code == 422
