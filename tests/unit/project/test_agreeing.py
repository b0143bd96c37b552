"""Metrics of neighbours follow labels, predictions and images; those in a project are counted by hand."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import misnomer
from misnomer.features.embedders import find as finding

REDS = {"a/0": 10, "a/1": 12, "a/2": 14, "b/0": 200, "b/1": 210, "b/2": 13}  # b/2 looks like an a


def mean_colour(images: np.ndarray) -> np.ndarray:
    return np.asarray(images.mean(axis=(1, 2)))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> misnomer.Project:
    """Six images that differ in red; green is always 100."""
    for key, red in REDS.items():
        write(tmp_path / "images" / f"{key}.png", red)
    monkeypatch.setattr(finding, "registered_functions", lambda: {"mean-colour": lambda: mean_colour})
    monkeypatch.setenv("MISNOMER_EMBEDDER", "mean-colour")
    return misnomer.create(tmp_path / "p.misnomer", images=tmp_path / "images")


def write(path: Path, red: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), (red, 100, 0)).save(path)


def metric(project: misnomer.Project, name: str) -> dict[str, float | None]:
    samples = project.samples(limit=None).samples
    return {sample.key.removesuffix(".png"): sample.metrics[name] for sample in samples}


def test_annotation_quality_is_the_share_of_others_with_the_label(project: misnomer.Project) -> None:
    quality = metric(project, "annotation_quality")
    assert quality == {"a/0": 0.4, "a/1": 0.4, "a/2": 0.4, "b/0": 0.4, "b/1": 0.4, "b/2": 0.4}  # 2 of all 5 others


def test_uniqueness_is_the_cosine_distance_to_the_nearest(project: misnomer.Project) -> None:
    def distance(one: int, other: int) -> float:
        vectors = np.array([[one, 100, 0], [other, 100, 0]], float)
        return float(1 - vectors[0] @ vectors[1] / np.prod(np.linalg.norm(vectors, axis=1)))

    found = metric(project, "uniqueness")
    assert found["b/0"] == pytest.approx(distance(200, 210), abs=1e-5)
    assert found["a/0"] == pytest.approx(distance(10, 12), abs=1e-5)


def test_a_new_label_changes_the_votes_at_once(project: misnomer.Project, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("file,label\nb/2.png,a\n")
    project.add_labels(tmp_path / "labels.csv")
    assert metric(project, "annotation_quality")["b/2"] == 0.6
    assert metric(project, "annotation_quality")["b/0"] == 0.2


def test_prediction_agreement_follows_predictions(project: misnomer.Project) -> None:
    keys = [f"{key}.png" for key in REDS]
    project.add_predictions({"keys": keys, "predictions": ["a", "a", "a", "b", "b", "a"]}, model="m")
    assert metric(project, "prediction_agreement")["b/2"] == 0.6
    project.add_predictions({"keys": ["b/2.png"], "predictions": ["b"]}, model="m")
    assert metric(project, "prediction_agreement") == {
        **dict.fromkeys(["a/0", "a/1", "a/2"], 0.4),
        **dict.fromkeys(["b/0", "b/1", "b/2"], 0.4),
    }


def test_added_images_are_neighbors_after_computing(project: misnomer.Project, tmp_path: Path) -> None:
    write(tmp_path / "images" / "a" / "9.png", 205)
    project.add_images(tmp_path / "images")
    project.compute()
    assert metric(project, "annotation_quality")["a/0"] == pytest.approx(3 / 6)
    assert {s.step: (s.done, s.total) for s in project.info().computed}["neighbors"] == (7, 7)


def test_a_copy_has_no_uniqueness_and_the_kept_one_its_distance(project: misnomer.Project, tmp_path: Path) -> None:
    write(tmp_path / "images" / "b" / "9.png", 210)
    project.add_images(tmp_path / "images")
    project.compute()
    found = metric(project, "uniqueness")
    assert found["b/9"] == 0
    assert found["b/1"] == pytest.approx(found["b/0"])
    assert metric(project, "annotation_quality")["b/9"] == pytest.approx(2 / 5)  # its copy does not vote


def test_they_sort_filter_and_are_in_importance(project: misnomer.Project) -> None:
    unique = {key: value or 0 for key, value in metric(project, "uniqueness").items()}
    assert project.samples(sort="-uniqueness", limit=1).samples[0].key == f"{max(unique, key=lambda k: unique[k])}.png"
    assert project.samples(uniqueness=(0.00015, None)).total == sum(value >= 0.00015 for value in unique.values())
    project.add_predictions({"keys": [f"{key}.png" for key in REDS], "predictions": list("aaabba")}, model="m")
    metrics = {row.metric for row in project.evaluate().importance}
    assert {"annotation_quality", "uniqueness", "diversity"} <= metrics
    assert "prediction_agreement" not in metrics


def test_one_image_has_no_neighbors(tmp_path: Path) -> None:
    write(tmp_path / "images" / "0.png", 9)
    with misnomer.create(tmp_path / "p.misnomer", images=tmp_path / "images") as project:
        metrics = project.samples().samples[0].metrics
    assert (metrics["uniqueness"], metrics["diversity"], metrics["annotation_quality"]) == (None, None, None)
