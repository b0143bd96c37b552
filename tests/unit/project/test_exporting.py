import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

import misnomer
from misnomer.errors import InputError, UnknownName
from misnomer.project import Project
from misnomer.writers.formats import EXPORT_FORMATS


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three images of two classes; the model "m" takes dog/1.png for a cat."""
    for key in ("cat/1.png", "cat/2.png", "dog/1.png"):
        path = tmp_path / "images" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((6, 8, 3), 90, np.uint8)).save(path)
    predictions = {"keys": ["cat/1.png", "dog/1.png"], "predictions": ["cat", "cat"], "confidence": [0.9, 0.7]}
    return misnomer.create(tmp_path / "pets.misnomer", images=tmp_path / "images", predictions=predictions, model="m")


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_format_is_written_and_written_again(project: Project, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{EXPORT_FORMATS[name].ending}"
    first = project.export(target, to=name)
    again = project.export(target, to=name)
    assert (first.replaced, again.replaced) == (False, True)
    assert first.sample_count == again.sample_count == 3
    project.close()


def test_a_filter_chooses_and_the_reason_says_why(project: Project, tmp_path: Path) -> None:
    summary = project.export(tmp_path / "out", to="label-studio", outcome="fp")
    task = json.loads((tmp_path / "out/tasks-0001.json").read_text())[0]
    assert summary.sample_count == 1
    assert task["data"]["reason"] == "labelled dog, predicted cat (0.70)"
    assert task["data"]["image"] == "/data/local-files/?d=images/dog/1.png"
    project.close()


def test_cvats_ids_are_in_the_order_of_the_names_with_sizes(project: Project, tmp_path: Path) -> None:
    project.export(tmp_path / "out.xml", to="cvat")
    images = ElementTree.parse(tmp_path / "out.xml").getroot().findall("image")
    assert [(image.get("id"), image.get("name")) for image in images] == [
        ("0", "cat/1.png"),
        ("1", "cat/2.png"),
        ("2", "dog/1.png"),
    ]
    assert (images[0].get("width"), images[0].get("height")) == ("8", "6")
    project.close()


def test_an_option_of_another_format_and_an_unknown_format_are_errors(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not take images"):
        project.export(tmp_path / "out.csv", images="link")
    with pytest.raises(UnknownName, match="label-studo"):
        project.export(tmp_path / "out", to="label-studo")
    with pytest.raises(InputError, match="does not say a format"):
        project.export(tmp_path / "out.xml")
    project.close()


def test_the_images_are_never_written_to(project: Project, tmp_path: Path) -> None:
    before = sorted(tmp_path.joinpath("images").rglob("*"))
    for place in ("images", "images/out", "images/cat"):
        with pytest.raises(InputError):
            project.export(tmp_path / place, to="folders")
    assert sorted(tmp_path.joinpath("images").rglob("*")) == before
    project.close()
