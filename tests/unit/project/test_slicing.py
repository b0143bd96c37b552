"""Slices of a project: all its samples, or some of very many."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import misnomer
from misnomer.filters import Filter
from misnomer.project import Project
from misnomer.project.computing import STEPS

COUNT = 6000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Wrong more often with the webcam, and where the lens is not known; a label and a few cameras are missing."""
    random = np.random.default_rng(0)
    camera = np.array(["phone", "reflex", "webcam", ""])[random.choice(4, COUNT, p=[0.4, 0.3, 0.2, 0.1])]
    iso = random.normal(size=COUNT)
    right = random.random(COUNT) < np.where(camera == "webcam", 0.6, np.where(iso > 1, 0.7, 0.9))
    labels = np.array(["cat", "dog"])[random.integers(0, 2, COUNT)]
    path: Path = tmp_path_factory.mktemp("slices")
    with (path / "samples.csv").open("w") as samples, (path / "m.csv").open("w") as predictions:
        print("key,label,camera,iso,serial", file=samples)
        print("key,prediction", file=predictions)
        for number in range(COUNT):
            label = "" if number == 17 else labels[number]
            value = "" if number % 50 == 0 else iso[number]
            print(f"{number}.jpg,{label},{camera[number]},{value},number {number}", file=samples)
            print(f"{number}.jpg,{labels[number] if right[number] else 'eel'}", file=predictions)
    with misnomer.create(
        path / "p.misnomer", images=path / "samples.csv", predictions=path / "m.csv", model="m", skip=list(STEPS)
    ) as made:
        yield made


@pytest.mark.parametrize(("chosen", "limit"), [({}, 2000), ({"classes": ["cat"], "where": ["iso > -2"]}, 1000)])
def test_what_is_found_among_drawn_samples_is_counted_on_all(
    project: Project, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, list[str]], limit: int
) -> None:
    monkeypatch.setenv("MISNOMER_SLICE_SAMPLES", str(limit))
    report = project.slices(where=Filter.from_dict(chosen))
    assert report.drawn_count is not None
    assert 0.9 * limit < report.drawn_count < 1.1 * limit
    assert report.sample_count == labelled_count(project, chosen)
    assert "webcam" in report.slices[0].title
    assert f"Searched on {report.drawn_count:,} samples drawn from {report.sample_count:,}" in report.sentence
    for found in report.slices:
        inside = {**chosen, "where": [*chosen.get("where", []), *found.where]}
        assert found.sample_count == labelled_count(project, inside)
        assert found.accuracy == project.evaluate(where=Filter.from_dict(inside), importance=False).accuracy


def labelled_count(project: Project, chosen: dict[str, Any]) -> int:
    """Samples with a label that is chosen."""
    evaluation = project.evaluate(where=Filter.from_dict(chosen), importance=False)
    return sum(row.support for row in evaluation.classes)


def test_of_few_samples_all_are_searched(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISNOMER_SLICE_SAMPLES", "0")
    everything = project.slices()
    monkeypatch.setenv("MISNOMER_SLICE_SAMPLES", "3000")
    assert project.slices() == everything
    assert everything.drawn_count is None
    assert "drawn" not in everything.sentence


@pytest.mark.parametrize("outcome", ["tp", "fp"])
def test_where_all_drawn_samples_are_alike_nothing_is_found(
    project: Project, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    monkeypatch.setenv("MISNOMER_SLICE_SAMPLES", "300")
    report = project.slices(where=Filter.from_dict({"outcome": outcome}))
    assert report.drawn_count is not None
    assert len(report.slices) == 0
    assert "None of" in report.sentence
