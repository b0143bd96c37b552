import json
from pathlib import Path

import misnomer
from tests.unit.cli.conftest import Command


def test_fences_of_each_metric_are_listed(command: Command, project: Path) -> None:
    answer = command("outliers", project)
    assert answer.out.startswith("6 samples; fences lie 1.5 (moderate) and 2.5 (severe) quartile ranges out\n")
    (line,) = [line.split() for line in answer.out.splitlines() if line.startswith("brightness ")]
    assert line[1:4] == ["0", "0", "6"]


def test_json_is_the_report(command: Command, project: Path) -> None:
    document = json.loads(command("outliers", project, "--classes", "cat", "--json").out)
    with misnomer.open(project) as opened:
        assert document == opened.outliers(classes=["cat"], limit=3).to_dict()
    assert document["sample_count"] == 4  # three labelled cat, one predicted so
