"""What evaluating adds to evaluation: the samples it chooses."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from misnomer.project import create
from misnomer.project.project import Project

KEYS = [f"{i:04}.jpg" for i in range(2000)]
RNG = np.random.default_rng(0)
SHARPNESS = RNG.normal(size=2000)
LABELS = RNG.choice(["cat", "dog"], 2000)
RIGHT = RNG.random(2000) < np.where(SHARPNESS > 0, 0.95, 0.55)
PREDICTIONS = np.where(RIGHT, LABELS, np.where(LABELS == "cat", "dog", "cat"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    directory: Path = tmp_path_factory.mktemp("project") / "p.misnomer"
    images = pd.DataFrame({"key": KEYS, "label": LABELS, "sharp": SHARPNESS})
    project = create(directory, images=images, skip=["pixels"])
    project.add_predictions(pd.DataFrame({"key": KEYS, "prediction": PREDICTIONS}), model="m")
    return project


def test_importance_is_judged_on_all_samples_where_they_are_few(project: Project) -> None:
    evaluation = project.evaluate()
    assert {row.sample_count for row in evaluation.importance} == {2000}
    assert "2,000 samples:" in evaluation.importance_sentence


def test_importance_of_many_samples_is_judged_on_some_and_says_so(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISNOMER_IMPORTANCE_SAMPLES", "1000")
    evaluation = project.evaluate()
    (count,) = {row.sample_count for row in evaluation.importance}
    assert 900 < count < 1100
    assert f"{count:,} samples drawn from 2,000: sharp" in evaluation.importance_sentence
    assert evaluation.sample_count == 2000
    assert project.importance().to_dict()["importance"] == evaluation.to_dict()["importance"]


def test_importance_of_a_filter_is_drawn_from_its_samples(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISNOMER_IMPORTANCE_SAMPLES", "200")
    evaluation = project.evaluate(sharp=(0, None))
    assert f"drawn from {(SHARPNESS >= 0).sum():,}" in evaluation.importance_sentence


def test_importance_samples_of_0_means_all(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISNOMER_IMPORTANCE_SAMPLES", "0")
    assert "drawn from" not in project.evaluate().importance_sentence
