import json
from pathlib import Path

from tests.unit.cli.conftest import Command


def test_compute_says_how_much_is_done(command: Command, project: Path) -> None:
    answer = command("compute", project, "pixels", "--workers", 1)
    assert answer.code == 0
    assert answer.out.splitlines()[:2] == ["pixels: 6 of 6 done", "embeddings: 6 of 6 done"]


def test_compute_as_json(command: Command, project: Path) -> None:
    answer = command("compute", project, "--json")
    assert json.loads(answer.out)["computed"][0] == {"step": "pixels", "done": 6, "total": 6}


def test_an_unknown_step_is_an_error(command: Command, project: Path) -> None:
    answer = command("compute", project, "pixls")
    assert answer.code == 2
    assert "Did you mean 'pixels'?" in answer.err


def test_an_unknown_engine_is_an_error(command: Command, project: Path) -> None:
    answer = command("compute", project, "--engine", "rai")
    assert answer.code == 2
    assert "Did you mean 'ray'?" in answer.err
