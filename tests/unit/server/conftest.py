"""A small project that is served in this process."""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import misnomer
from misnomer.project import Project
from misnomer.server.access import Access
from misnomer.server.app import App
from tests.unit.cli.conftest import write_images, write_predictions

TOKEN = "a-token-for-the-tests"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="session")
def served_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three images of "cat" and three of "dog, wild"; model "m" is wrong about the last of each."""
    folder = tmp_path_factory.mktemp("served")
    images, predictions = write_images(folder / "images"), write_predictions(folder / "predictions.csv")
    misnomer.create(folder / "pets.misnomer", images=images, predictions=predictions, model="m").close()
    return folder


@pytest.fixture
def project(served_template: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of it, open."""
    shutil.copytree(served_template, tmp_path / "served")
    with misnomer.open(tmp_path / "served" / "pets.misnomer") as project:
        yield project


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    """A program that asks with the token."""
    yield from serving(project)


@pytest.fixture
def reader(project: Project) -> Iterator[TestClient]:
    """The same, served for reading only."""
    yield from serving(project, read_only=True)


def serving(project: Project, *, read_only: bool = False, **access: object) -> Generator[TestClient]:
    """A client of the project with this access."""
    app = App(project, Access(TOKEN, **access), read_only=read_only)  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1:5077", headers=HEADERS, follow_redirects=False) as client:
        yield client
