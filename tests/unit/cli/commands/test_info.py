import json
from pathlib import Path

import misnomer
from tests.unit.cli.conftest import Command


def test_info_tells_what_is_in_the_project(command: Command, project: Path) -> None:
    lines = command("info", project).out.splitlines()
    assert lines[1] == "samples   6 (6 with label, 6 with image)"
    assert lines[2] == "classes   2: cat 3, dog, wild 3"
    assert any(line.split() == ["m", "classes", "exclude", "6"] for line in lines)
    assert any(line.split() == ["file_size", "bytes", "6"] for line in lines)
    assert any(line.endswith("gone.png") for line in lines)


def test_info_as_json_is_its_to_dict(command: Command, project: Path) -> None:
    answer = json.loads(command("info", project, "--json").out)
    with misnomer.open(project) as opened:
        assert answer == opened.info().to_dict()
    assert answer["report"][1]["findings"][0]["keys"] == ["gone.png"]
