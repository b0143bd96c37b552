from misnomer.cli.app import COMMANDS
from tests.unit.cli.conftest import Command


def test_help_names_every_command_with_a_whole_sentence(command: Command) -> None:
    answer = command("--help")
    assert answer.code == 0
    assert answer.err == ""
    for function in COMMANDS:
        name = function.__name__.replace("_", "-")
        (line,) = [line for line in answer.out.splitlines() if line.split()[:1] == [name]]
        assert not line.endswith("...")


def test_every_command_has_help_with_an_example(command: Command) -> None:
    for function in COMMANDS:
        name = function.__name__.replace("_", "-")
        answer = command(name, "--help")
        assert answer.code == 0
        assert f"Example: misnomer {name}" in answer.out


def test_version_is_the_packages(command: Command) -> None:
    import misnomer

    assert command("--version").out == f"misnomer {misnomer.__version__}\n"


def test_no_command_prints_the_help_as_a_message_and_exits_2(command: Command) -> None:
    answer = command()
    assert (answer.code, answer.out) == (2, "")
    assert "Commands:" in answer.err


def test_an_unknown_command_is_an_error_with_a_suggestion(command: Command) -> None:
    answer = command("evalute")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: No such command 'evalute'. Did you mean 'evaluate'")
    assert answer.err.endswith("\nhint: misnomer --help\n")


def test_an_unknown_option_is_an_error_with_a_suggestion(command: Command) -> None:
    answer = command("samples", "pets.misnomer", "--outcom", "fp")
    assert answer.code == 2
    assert "--outcome" in answer.err
    assert "hint: misnomer samples --help" in answer.err


def test_a_missing_argument_is_an_error(command: Command) -> None:
    answer = command("info")
    assert answer.code == 2
    assert answer.err.startswith("error: Missing argument 'PROJECT'")


def test_a_project_that_is_not_there_is_an_error_with_a_hint(command: Command) -> None:
    answer = command("info", "nowhere.misnomer")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: There is no project at 'nowhere.misnomer'.\nhint: ")
