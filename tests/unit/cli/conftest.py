"""A small project, and the program run in this process."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import misnomer
from misnomer.cli.app import run

CLASSES = ("cat", "dog, wild")


@dataclass(frozen=True)
class Answer:
    """What a command wrote and exited with."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the program; nothing is a terminal."""
    monkeypatch.setenv("MISNOMER_DEBUG", "1")

    def run_command(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run_command


def write_images(folder: Path) -> Path:
    """Three images of two classes each, 0 to 2 brighter and brighter."""
    for name in CLASSES:
        for number in range(3):
            path = folder / name / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.full((6, 8, 3), 60 + 80 * number, np.uint8)).save(path)
    return folder


def write_predictions(path: Path) -> Path:
    """The last sample of each class is wrong; one key matches nothing."""
    rows = [
        *("cat/0.png,cat,0.9", "cat/1.png,cat,0.8", 'cat/2.png,"dog, wild",0.7'),
        *(
            '"dog, wild/0.png","dog, wild",0.6',
            '"dog, wild/1.png","dog, wild",0.5',
            '"dog, wild/2.png",cat,0.4',
        ),
        "gone.png,cat,0.3",
    ]
    path.write_text("\n".join(["filename,prediction,confidence", *rows]) + "\n")
    return path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Images, predictions and a project of them with the model "m"."""
    folder = tmp_path_factory.mktemp("template")
    images, predictions = write_images(folder / "images"), write_predictions(folder / "predictions.csv")
    misnomer.create(folder / "pets.misnomer", images=images, predictions=predictions, model="m").close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A copy of all of it, to be changed."""
    copy = tmp_path / "copy"
    shutil.copytree(template, copy)
    return copy


@pytest.fixture
def project(folder: Path) -> Path:
    """The project's directory."""
    return folder / "pets.misnomer"
