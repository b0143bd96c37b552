import json
import sys

import pytest

from misnomer.cli import console
from misnomer.cli.console import one_line, say_heading, say_json, tell_error


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("plain name.jpg", "plain name.jpg"),
        ("two\nlines", "two\\nlines"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("right\u202eto left", "right\\u202eto left"),
        ("日本 👩\u200d🚀", "日本 👩\u200d🚀"),
    ],
)
def test_control_characters_of_a_name_are_escaped(name: str, printed: str) -> None:
    assert one_line(name) == printed


def test_json_is_one_line_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"key": "日本.jpg", "value": 0.1})
    assert capsys.readouterr().out == '{"key": "日本.jpg", "value": 0.1}\n'


def test_json_is_indented_in_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "in_terminal", lambda stream: True)
    say_json({"value": [1]})
    out = capsys.readouterr().out
    assert out.startswith('{\n  "value"')
    assert json.loads(out) == {"value": [1]}


def test_json_never_holds_nan() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        say_json({"value": float("nan")})


def test_colours_only_in_a_terminal_that_wants_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    tell_error("no", "")
    assert capsys.readouterr().err == "error: no\n"
    monkeypatch.setattr(console, "in_terminal", lambda stream: stream in (sys.stdout, sys.stderr))
    tell_error("no", "")
    assert capsys.readouterr().err == "\x1b[31merror:\x1b[0m no\n"
    monkeypatch.setenv("NO_COLOR", "1")
    say_heading("classes")
    assert capsys.readouterr().out == "classes\n"
