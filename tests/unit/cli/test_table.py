import pytest

from misnomer.cli import table
from misnomer.cli.table import say_table


def test_a_piped_table_is_aligned_text_of_a_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(["class", "count"], [["cat", "1,200"], ["a long name", "3"]])
    assert capsys.readouterr().out.splitlines() == [
        "class        count",
        "cat          1,200",
        "a long name      3",
    ]


def test_a_piped_table_is_never_cut(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    say_table(["key", "label"], [["x" * 300, "cat"]], text_columns=2)
    assert capsys.readouterr().out.splitlines()[1] == f"{'x' * 300}  cat"


def test_wide_characters_are_counted_as_wide(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(["name", "n"], [["日本", "1"], ["abcd", "2"]])
    assert capsys.readouterr().out.splitlines()[1:] == ["日本  1", "abcd  2"]


def test_a_name_with_a_newline_stays_in_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(["name", "n"], [["a\nb", "1"]])
    assert capsys.readouterr().out.splitlines()[1] == "a\\nb  1"


def test_a_drawn_table_never_cuts_a_number(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "in_terminal", lambda stream: True)
    monkeypatch.setenv("COLUMNS", "40")
    say_table(["name", "recall", "f1"], [["a name of many letters", "0.500 [0.333,0.667]", "0.250 [0.1,0.4]"]])
    out = capsys.readouterr().out
    assert "[0.333,0.667]" in out
    assert max(map(len, out.splitlines())) <= 40


def test_a_name_like_markup_is_printed_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "in_terminal", lambda stream: True)
    say_table(["name", "n"], [["[red]", "1"]])
    assert "[red]" in capsys.readouterr().out
