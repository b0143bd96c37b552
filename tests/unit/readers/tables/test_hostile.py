"""Tables that no careful program writes: read, or refused in words; never guessed."""

from pathlib import Path

import pytest

from misnomer.cli.console import one_line
from misnomer.errors import InputError, UnreadableSource
from misnomer.project import create
from misnomer.project.scoring import score_file
from misnomer.readers.predictions import read_predictions
from misnomer.readers.tables import open_table


def write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def test_lines_may_end_in_carriage_return_alone(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "old.csv", b'key,label\r"a, 1.jpg",cat\rb.jpg,dog\r'))
    assert table.read().to_pydict() == {"key": ["a, 1.jpg", "b.jpg"], "label": ["cat", "dog"]}


def test_a_json_list_with_a_name_twice_in_one_object_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "twice.json", b'[{"key": "a", "label": "x", "label": "y"}]')
    with pytest.raises(UnreadableSource, match="'label' occurs twice"):
        open_table(source).read()


def test_a_json_line_with_a_name_twice_is_left_out_and_told(tmp_path: Path) -> None:
    lines = b'{"key": "a", "label": "x"}\n{"key": "b", "label": "x", "label": "y"}\n'
    table = open_table(write(tmp_path / "twice.jsonl", lines))
    assert table.read()["key"].to_pylist() == ["a"]
    assert "line 2: 'label' occurs twice" in table.findings[0].sentence


def test_what_follows_a_json_list_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "two.json", b'[{"key": "a"}] [{"key": "b"}]')
    with pytest.raises(UnreadableSource, match="followed by"):
        open_table(source).read()


@pytest.mark.parametrize("name", ["half.json", "half.jsonl"])
def test_half_a_pair_of_surrogates_is_written_out(tmp_path: Path, name: str) -> None:
    row = b'{"key": "a\\ud800", "label": "x"}'
    content = b"[" + row + b"]" if name.endswith(".json") else row + b"\n"
    assert open_table(write(tmp_path / name, content)).read()["key"].to_pylist() == ["a\\ud800"]


@pytest.mark.parametrize("content", [b"0.125,0.875\n0.500,0.500\n", b"a.jpg,0.125\nb.jpg,0.500\n"])
def test_a_first_line_with_measured_numbers_is_no_line_of_names(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableSource, match="no line of column names"):
        open_table(write(tmp_path / "bare.csv", content)).read()


def test_a_file_of_predictions_without_a_readable_row_says_why(tmp_path: Path) -> None:
    source = write(tmp_path / "none.jsonl", b'{"key": "a", "prediction": "x", "prediction": "y"}\n')
    with pytest.raises(InputError, match="occurs twice"):
        read_predictions(source, class_names=[])


def test_scores_of_a_table_tell_the_rows_that_were_left_out(tmp_path: Path) -> None:
    lines = b'{"label": "a", "prediction": "a"}\n{"label": "a", "prediction": "b"}\n{"label": "a", "label": "b"}\n'
    evaluation = score_file(write(tmp_path / "scores.jsonl", lines))
    assert evaluation.accuracy.value == 0.5
    assert any("line 3: 'label' occurs twice" in note for note in evaluation.notes)


def test_an_endless_name_is_printed_in_part() -> None:
    assert len(one_line("x" * 10_000)) < 4100
    assert one_line("x" * 10_000).endswith("… (10,000 characters)")


def test_a_project_that_nothing_could_be_read_into_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        create(tmp_path / "p.misnomer", images=write(tmp_path / "empty.csv", b""))
    assert not (tmp_path / "p.misnomer").exists()
