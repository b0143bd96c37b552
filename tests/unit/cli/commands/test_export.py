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
    assert json.loads(answer.out) == {
        "path": str(file),
        "format": "json",
        "sample_count": 6,
        "replaced": False,
        "notes": [],
    }
    assert len(json.loads(file.read_text())) == 6


@pytest.mark.parametrize("options", [[], ["--to", "xml", "-o", "out"], ["--to", "csv", "--json"]])
def test_what_cannot_be_done_is_an_error(command: Command, project: Path, options: list[str]) -> None:
    answer = command("export", project, *options)
    assert (answer.code, answer.out) == (2, "")
    assert "hint: " in answer.err


def test_a_folder_says_what_it_does_with_what_is_there(command: Command, project: Path, tmp_path: Path) -> None:
    options = ("export", project, "--to", "folders", "--images", "copy", "-o", tmp_path / "out")
    assert command(*options).out == f"6 samples in {tmp_path / 'out'}\n"
    assert command(*options).out == f"6 samples in {tmp_path / 'out'}, in place of what was there\n"
    (tmp_path / "out/mine.txt").write_text("mine")
    answer = command(*options)
    assert (answer.code, answer.out) == (2, "")
    assert "mine.txt" in answer.err


def test_a_list_can_be_printed_and_a_folder_cannot(command: Command, project: Path) -> None:
    assert command("export", project, "--to", "list", "--outcome", "fp").out == "cat/2.png\ndog, wild/2.png\n"
    assert "cannot be printed" in command("export", project, "--to", "fiftyone").err
