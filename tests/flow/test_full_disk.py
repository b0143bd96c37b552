"""A disk that takes no more: every command that writes says so, loses nothing, and works when there is space again."""

import contextlib
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import misnomer
from misnomer.errors import MisnomerError, StorageFailure
from misnomer.project import Project
from misnomer.project.computing import STEPS
from tests.flow.snapshot import snapshot

KEYS = [f"{number:05}.jpg" for number in range(4000)]
LABELS = [("cat", "dog", "eel")[number % 3] for number in range(4000)]
IMAGES = pd.DataFrame({"key": KEYS[:3000], "label": LABELS[:3000], "sharp": np.arange(3000.0)})
LATER = pd.DataFrame({"key": KEYS, "label": LABELS, "sharp": np.arange(4000.0)})
PROBABILITIES = np.eye(3)[np.arange(4000) % 3] * 0.7 + 0.1
CLASSES = pd.DataFrame({"key": KEYS, "prediction": LABELS[::-1], "confidence": np.linspace(0, 1, 4000)})
MATRIX = {"keys": KEYS, "probabilities": PROBABILITIES, "classes": ["cat", "dog", "eel"]}

WRITES: dict[str, Callable[[Project], object]] = {
    "images": lambda project: project.add_images(LATER),
    "labels": lambda project: project.add_labels(pd.DataFrame({"key": KEYS, "label": LABELS[::-1]})),
    "predicted classes": lambda project: project.add_predictions(CLASSES, model="more"),
    "a matrix": lambda project: project.add_predictions(MATRIX, model="more"),
    "a tag": lambda project: project.tag("odd"),
}


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond 4 KB: what the system then says differs from a full disk only in its words."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def project_at(directory: Path) -> Project:
    project = misnomer.create(directory, images=IMAGES, skip=list(STEPS))
    project.add_predictions(CLASSES.head(100), model="m")
    return project


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_that_does_not_fit_changes_nothing_and_succeeds_later(
    tmp_path: Path, write: Callable[[Project], object]
) -> None:
    with project_at(tmp_path / "full.misnomer") as project:
        before = snapshot(project)
        with full_disk(), pytest.raises(StorageFailure, match="writ") as refused:
            write(project)
        assert "run the same command again" in refused.value.hint
        assert snapshot(project) == before
    with misnomer.open(tmp_path / "full.misnomer") as reopened:
        assert snapshot(reopened) == before
        write(reopened)
        after = snapshot(reopened)
    with project_at(tmp_path / "spacious.misnomer") as undisturbed:
        write(undisturbed)
        assert snapshot(undisturbed) == after


def test_an_export_that_does_not_fit_is_not_left_behind(tmp_path: Path) -> None:
    with project_at(tmp_path / "p.misnomer") as project:
        with full_disk(), pytest.raises(MisnomerError):
            project.export(tmp_path / "out.csv")
        assert not list(tmp_path.glob("out*"))


def test_a_project_that_cannot_be_begun_is_not_left_behind(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(StorageFailure):
        misnomer.create(tmp_path / "p.misnomer", images=IMAGES)
    with project_at(tmp_path / "p.misnomer") as project:
        assert project.info().sample_count == 3000
