import json
from pathlib import Path

import pytest

import misnomer
from misnomer.project.computing import STEPS
from tests.unit.cli.conftest import Command


@pytest.fixture
def biased(tmp_path: Path) -> Path:
    """400 samples without images; the model is wrong where the camera is the webcam, except for every fifth."""
    samples, predictions = ["key,label,camera,iso"], ["key,prediction"]
    for number in range(400):
        camera = ("phone", "reflex", "web'cam")[number % 3]
        wrong = camera == "web'cam" and number % 5
        samples.append(f"{number}.jpg,{'cat' if number % 2 else 'dog'},{camera},{number * 37 % 400}")
        predictions.append(f"{number}.jpg,{'eel' if wrong else 'cat' if number % 2 else 'dog'}")
    (tmp_path / "samples.csv").write_text("\n".join(samples) + "\n")
    (tmp_path / "m.csv").write_text("\n".join(predictions) + "\n")
    misnomer.create(
        tmp_path / "p.misnomer",
        images=tmp_path / "samples.csv",
        predictions=tmp_path / "m.csv",
        model="m",
        skip=list(STEPS),
    ).close()
    return tmp_path / "p.misnomer"


def test_the_slice_is_found_and_its_filter_has_its_samples(command: Command, biased: Path) -> None:
    document = json.loads(command("slices", biased, "--json").out)
    (found,) = document["slices"]
    assert found["title"] == "camera is web'cam"
    with misnomer.open(biased) as project:
        page = project.samples(where=misnomer.Filter.from_dict({"where": found["where"]}))
        assert page.total == found["sample_count"] == 133
        wrong = project.samples(where=misnomer.Filter.from_dict({"where": found["where"], "outcome": "fp"}))
        assert wrong.total == found["wrong_count"]
        assert document == project.slices().to_dict()


def test_a_filter_and_a_class_filter_choose_the_samples(command: Command, biased: Path) -> None:
    document = json.loads(command("slices", biased, "--where", "iso < 200", "--classes", "cat", "--json").out)
    assert document["sample_count"] == 100


def test_slices_are_listed(command: Command, biased: Path) -> None:
    lines = command("slices", biased).out.splitlines()
    assert "Most errors too many: camera is web'cam" in lines[0]
    assert lines[2].split()[:3] == ["slice", "samples", "accuracy"]
    assert "None of" in command("slices", biased, "--where", "camera = phone").out
