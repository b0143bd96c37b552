from pathlib import Path

import pytest

import misnomer
from misnomer.cli.commands import demo as demo_module
from misnomer.project import demo_project
from tests.unit.cli.conftest import Command


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, project: Path) -> list[str]:
    """The demo is the small project; pages that the browser was asked to open."""
    pages: list[str] = []
    monkeypatch.setattr(demo_project, "create_demo", lambda directory: misnomer.open(project))
    monkeypatch.setattr("webbrowser.open", pages.append)
    monkeypatch.setattr(misnomer.Project, "report", lambda project, path: path)
    return pages


def test_demo_prints_the_scores_the_next_steps_and_the_report(
    command: Command, folder: Path, opened: list[str]
) -> None:
    answer = command("demo", folder)
    assert answer.code == 0
    assert "accuracy" in answer.out
    assert f"  misnomer evaluate {folder / 'pets.misnomer'} --model linear" in answer.out
    assert answer.out.endswith(f"The report: {folder / 'report.html'}\n")
    assert opened == []  # no terminal, no browser


def test_the_report_is_opened_for_a_person(
    command: Command, folder: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_module, "in_terminal", lambda stream: True)
    command("demo", folder)
    assert opened == [(folder / "report.html").resolve().as_uri()]
    command("demo", folder, "--no-serve")
    assert len(opened) == 1
