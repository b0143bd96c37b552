"""Steps run in their order, and only those that are named."""

from pathlib import Path

import pytest

from misnomer.errors import UnknownName
from misnomer.project.computing import steps as computing
from misnomer.project.computing.step import Step
from misnomer.project.progress import STEP_TITLES, silent
from misnomer.store.database import Database, create_database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    create_database(tmp_path / "pets.misnomer")
    return Database(tmp_path / "pets.misnomer")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two steps that note their names here when they run."""
    run: list[str] = []
    steps = {
        name: Step(name, lambda database, workers, progress, name=name: run.append(name), lambda database: (0, 0))  # type: ignore[misc]
        for name in ("first", "second")
    }
    monkeypatch.setattr(computing, "STEPS", steps)
    return run


def test_all_steps_run_in_order_when_none_is_named(database: Database, run: list[str]) -> None:
    computing.compute(database, (), engine="local", workers=None, progress=silent)
    assert run == ["first", "second"]


def test_named_steps_run_in_the_order_of_the_steps(database: Database, run: list[str]) -> None:
    computing.compute(database, ("second", "first"), engine="local", workers=None, progress=silent)
    assert run == ["first", "second"]


def test_nothing_runs_when_one_name_is_unknown(database: Database, run: list[str]) -> None:
    with pytest.raises(UnknownName, match="secnd"):
        computing.compute(database, ("first", "secnd"), engine="local", workers=None, progress=silent)
    assert run == []


def test_every_step_has_a_title() -> None:
    assert set(computing.STEPS) <= set(STEP_TITLES)
