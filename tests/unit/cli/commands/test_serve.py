from pathlib import Path

from tests.unit.cli.conftest import Command


def test_a_project_that_may_not_change_is_not_computed(command: Command, project: Path) -> None:
    answer = command("serve", project, "--compute", "--read-only")
    assert answer.code == 2
    assert "--read-only forbids it" in answer.err
