import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.unit.cli.conftest import Command


def test_the_ending_says_the_format(command: Command, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.parquet"
    answer = command("export", project, "--outcome", "tp", "-o", file)
    assert (answer.code, answer.out) == (0, f"4 samples in {file}\n")
    assert pq.read_table(file)["key"].to_pylist() == [
        "cat/0.png",
        "cat/1.png",
        "dog, wild/0.png",
        "dog, wild/1.png",
    ]


def test_without_a_file_it_goes_to_stdout(command: Command, project: Path) -> None:
    answer = command("export", project, "--to", "csv")
    rows = list(csv.DictReader(answer.out.splitlines()))
    assert [row["label"] for row in rows] == ["cat"] * 3 + ["dog, wild"] * 3
    assert answer.err == "6 samples\n"


def test_json_tells_about_the_file(command: Command, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    answer = command("export", project, "-o", file, "--json")
    assert json.loads(answer.out) == {"path": str(file), "sample_count": 6}
    assert len(json.loads(file.read_text())) == 6


@pytest.mark.parametrize("options", [[], ["--to", "xml", "-o", "out"], ["--to", "csv", "--json"]])
def test_what_cannot_be_done_is_an_error(command: Command, project: Path, options: list[str]) -> None:
    answer = command("export", project, *options)
    assert (answer.code, answer.out) == (2, "")
    assert "hint: " in answer.err
