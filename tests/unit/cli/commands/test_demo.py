from pathlib import Path
from typing import Any

import pytest

import misnomer
from misnomer.project import demo_project
from tests.unit.cli.conftest import Command


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, project: Path) -> list[tuple[str, ...]]:
    """The demo is the small project; the steps that were asked of it."""
    built: list[tuple[str, ...]] = []

    def create_demo(directory: Path, *steps: str) -> misnomer.Project:
        built.append(steps)
        return misnomer.open(project)

    monkeypatch.setattr(demo_project, "create_demo", create_demo)
    monkeypatch.setattr(misnomer.Project, "report", lambda project, path: path)
    return built


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How projects were served."""
    served: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "misnomer.cli.commands.demo.serve", lambda directory, **options: served.append({"at": directory, **options})
    )
    return served


def test_demo_shows_the_pages_as_soon_as_there_are_numbers_and_computes_the_rest_beside(
    command: Command, folder: Path, built: list[tuple[str, ...]], served: list[dict[str, Any]]
) -> None:
    answer = command("demo", folder)
    assert answer.code == 0
    assert "accuracy" in answer.out
    assert f"  misnomer evaluate {folder / 'pets.misnomer'} --model linear" in answer.out
    assert built == [("pixels",)]
    assert served == [{"at": folder / "pets.misnomer", "compute": True}]


def test_without_pages_the_demo_computes_everything_and_writes_a_report(
    command: Command, folder: Path, built: list[tuple[str, ...]], served: list[dict[str, Any]]
) -> None:
    answer = command("demo", folder, "--no-serve")
    assert answer.code == 0
    assert answer.out.endswith(f"The report: {folder / 'report.html'}\n")
    assert (built, served) == ([()], [])
