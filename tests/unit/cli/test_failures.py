import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from misnomer.cli.failures import BUG, FAILED, STOPPED, exit_code_of
from misnomer.errors import InputError
from tests.unit.cli.conftest import Answer


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def tell(problem: BaseException) -> Answer:
        code = exit_code_of(problem)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return tell


def test_an_error_is_its_message_and_its_hint(told) -> None:  # type: ignore[no-untyped-def]
    answer = told(InputError("3 labels but 4 predictions.", hint="Check the files."))
    assert answer == Answer(FAILED, "", "error: 3 labels but 4 predictions.\nhint: Check the files.\n")


def test_an_error_without_hint_is_one_line(told) -> None:  # type: ignore[no-untyped-def]
    assert told(InputError("No.")) == Answer(FAILED, "", "error: No.\n")


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), typer.Abort()])
def test_ctrl_c_says_how_to_go_on(told, problem: BaseException) -> None:  # type: ignore[no-untyped-def]
    assert told(problem) == Answer(STOPPED, "", "\nStopped; run the same command again to go on.\n")


def test_a_bug_is_a_line_without_traceback(told, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("MISNOMER_DEBUG", raising=False)
    answer = told(_raised(KeyError("brightness")))
    assert answer.code == BUG
    assert answer.err.startswith("error: KeyError: 'brightness' (test_failures.py, line ")
    assert "MISNOMER_DEBUG=1" in answer.err


def test_a_bug_has_its_traceback_on_request(told, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("MISNOMER_DEBUG", "1")
    answer = told(_raised(KeyError("brightness")))
    assert answer.code == BUG
    assert answer.err.startswith("Traceback (most recent call last):")


def test_a_reader_that_goes_away_is_met_in_silence(template: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    answer = _misnomer("samples", template / "pets.misnomer", stdout=write_end)
    os.close(write_end)
    assert (answer.returncode, answer.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_stdout_is_an_error(template: Path) -> None:
    with Path("/dev/full").open("w") as full:
        answer = _misnomer("samples", template / "pets.misnomer", stdout=full)
    assert answer.returncode == FAILED
    assert answer.stderr.startswith("error: [Errno 28] No space left on device\nhint: ")


def _misnomer(*arguments: object, stdout: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "misnomer", *map(str, arguments)]
    return subprocess.run(words, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)  # type: ignore[call-overload]


def _raised(problem: Exception) -> Exception:
    try:
        raise problem
    except Exception as caught:
        return caught
