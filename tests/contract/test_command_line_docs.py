"""docs/command-line.md has every command and option, and no other."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from misnomer.cli.app import app

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
PROGRAM = get_command(app)
FILTER_OPTIONS = ("--classes", "--outcome", "--where", "--tag", "--split", "--text")
FILTERED = {
    *("evaluate", "samples", "similar", "annotate-next", "label-errors", "duplicates"),
    *("outliers", "slices", "compare", "tag", "export", "report"),
}


def sections() -> dict[str, str]:
    """The page's sections by heading."""
    parts = re.split(r"^## (.+)$", PAGE.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options_of(name: str) -> set[str]:
    """The long options of a command, those of FILTER apart."""
    command = PROGRAM.commands[name]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    return options - (set(FILTER_OPTIONS) if name in FILTERED else set()) - {"--help"}


def documented(text: str) -> set[str]:
    """The options in the first column of a section's table."""
    cells = re.findall(r"^\| (`-.+?) \|", text.replace("\\|", "/"), flags=re.MULTILINE)
    return {option for cell in cells for option in re.findall(r"--[a-z-]+", cell)}


def test_every_command_has_its_section_in_the_order_of_the_help() -> None:
    headings = [heading.removeprefix("misnomer ") for heading in sections() if heading.startswith("misnomer ")]
    assert headings == list(PROGRAM.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", list(PROGRAM.commands))  # type: ignore[attr-defined]
def test_a_section_has_every_option_of_its_command(name: str) -> None:
    assert documented(sections()[f"misnomer {name}"]) == options_of(name)


def test_the_program_has_every_option_of_its_own() -> None:
    own = {option for parameter in PROGRAM.params for option in parameter.opts if option.startswith("--")}
    assert documented(sections()["misnomer"]) == own | {"--help"}


def test_the_filter_has_every_option() -> None:
    assert documented(sections()["FILTER"]) == set(FILTER_OPTIONS)


def test_the_commands_that_take_a_filter_are_named() -> None:
    named = set(re.findall(r"`([a-z-]+)`", sections()["FILTER"].split("take these")[0]))
    assert named == FILTERED
    for name in PROGRAM.commands:  # type: ignore[attr-defined]
        command = PROGRAM.commands[name]  # type: ignore[attr-defined]
        has_filter = any("--where" in parameter.opts for parameter in command.params)
        assert has_filter == (name in FILTERED)


def test_every_exit_code_is_there() -> None:
    from misnomer.cli import failures

    codes = (failures.FAILED, failures.BUG, failures.STOPPED, failures.PIPE_CLOSED)
    for code in (0, 1, *codes):
        assert f"\n| {code} | " in PAGE.read_text()
