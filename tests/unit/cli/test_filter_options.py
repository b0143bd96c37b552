import pytest

from misnomer.cli.filter_options import split_names
from tests.unit.cli.conftest import Command

FILTERED = ("evaluate", "samples", "tag", "export", "report")
OPTIONS = ("--classes", "--outcome", "--where", "--tag", "--split", "--text")


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["cat,dog"], ["cat", "dog"]),
        (["cat", "dog"], ["cat", "dog"]),
        (['cat,"dog, wild"'], ["cat", "dog, wild"]),
        (['"say ""cheese"""'], ['say "cheese"']),
        (["cat, dog"], ["cat", "dog"]),
    ],
)
def test_names_are_separated_by_commas_outside_quotes(texts: list[str], names: list[str]) -> None:
    assert split_names(texts) == names


@pytest.mark.parametrize("name", FILTERED)
def test_every_command_that_chooses_samples_has_every_filter_option(command: Command, name: str) -> None:
    help_text = command(name, "--help").out
    for option in OPTIONS:
        assert f"  {option} " in help_text


def test_all_conditions_must_hold(command: Command, project: object) -> None:
    answer = command("samples", project, "--where", "brightness > 0.3", "--where", "confidence < 0.65")
    assert [line.split("  ")[0] for line in answer.out.splitlines()[1:]] == [
        "dog, wild/1.png",
        "dog, wild/2.png",
    ]


def test_a_class_with_a_comma_is_quoted(command: Command, project: object) -> None:
    answer = command("samples", project, "--classes", '"dog, wild"', "--outcome", "tp")
    assert [line.split("  ")[0] for line in answer.out.splitlines()[1:]] == [
        "dog, wild/0.png",
        "dog, wild/1.png",
    ]


@pytest.mark.parametrize(
    ("option", "value", "suggestion"),
    [
        ("--classes", "cta", "Did you mean 'cat'?"),
        ("--outcome", "fpp", "Did you mean 'fp'?"),
        ("--where", "brightnes < 1", "Did you mean 'brightness'?"),
        ("--tag", "nothing", "There is none yet."),
        ("--split", "tset", "There is none yet."),
    ],
)
def test_an_unknown_name_is_an_error_with_a_suggestion(
    command: Command, project: object, option: str, value: str, suggestion: str
) -> None:
    answer = command("samples", project, option, value)
    assert (answer.code, answer.out) == (2, "")
    assert suggestion in answer.err
