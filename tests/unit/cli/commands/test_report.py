import json
from pathlib import Path

from tests.unit.cli.conftest import Command


def test_report_writes_one_html_file_and_says_where(command: Command, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "pets.html"
    answer = command("report", project, "-o", file, "--json")
    assert answer.code == 0
    assert json.loads(answer.out) == {"path": str(file)}
    assert file.read_text().startswith("<!doctype html>")


def test_report_needs_a_file(command: Command, project: Path) -> None:
    assert command("report", project).code == 2
