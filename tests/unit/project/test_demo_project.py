from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from misnomer.project import demo_project
from misnomer.project.demo import DemoFiles
from misnomer.project.demo_project import create_demo


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo of two pictures and one model."""
    for name in ("a", "b"):
        Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(tmp_path / f"{name}.png")
    images, predictions = tmp_path / "samples.csv", tmp_path / "linear.csv"
    images.write_text("key,path,label,split\na,a.png,cat,train\nb,b.png,dog,test\n")
    predictions.write_text("key,cat,dog\na,0.9,0.1\nb,0.6,0.4\n")
    files = DemoFiles(tmp_path, images, {"linear": predictions}, tmp_path / "LICENSES.md", tmp_path / "provenance.json")
    monkeypatch.setattr(demo_project, "extract_demo", lambda directory: files)
    return tmp_path


def test_the_demo_has_pictures_metrics_and_models(directory: Path) -> None:
    with create_demo(directory) as project:
        info = project.info()
    assert project.path == directory / "emoji.misnomer"
    assert (info.sample_count, info.computed[0].done) == (2, 2)
    assert [model.name for model in info.models] == ["linear"]


def test_building_it_again_changes_nothing(directory: Path) -> None:
    with create_demo(directory) as project:
        first = project.evaluate()
    with create_demo(directory) as project:
        assert project.evaluate() == first
