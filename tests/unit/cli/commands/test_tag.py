import json
from pathlib import Path

from tests.unit.cli.conftest import Command


def test_tag_says_how_many_were_given_it(command: Command, project: Path) -> None:
    answer = command("tag", project, "relabel", "--outcome", "fp")
    assert (answer.code, answer.out) == (0, "2 samples given 'relabel'; 2 now bear it\n")


def test_tagging_twice_changes_nothing(command: Command, project: Path) -> None:
    command("tag", project, "relabel", "--outcome", "fp")
    answer = command("tag", project, "relabel", "--outcome", "fp", "--json")
    assert json.loads(answer.out) == {"tag": "relabel", "changed": 0, "sample_count": 2}


def test_remove_takes_it_off(command: Command, project: Path) -> None:
    command("tag", project, "relabel", "--outcome", "fp")
    answer = command("tag", project, "relabel", "--remove", "--text", "cat/")
    assert answer.out == "1 sample lost 'relabel'; 1 now bear it\n"
    assert len(command("samples", project, "--tag", "relabel").out.splitlines()) == 2


def test_a_tag_needs_a_name(command: Command, project: Path) -> None:
    assert command("tag", project, " ").code == 2
