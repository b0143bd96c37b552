"""What went wrong, told on stderr, and the exit code for it.

0 done, 1 the answer is "no", 2 it could not be done as asked, 70 a bug in misnomer, 130 stopped, 141 nobody reads on.
"""

import os
import sys
import traceback
from pathlib import Path

import typer

from misnomer import settings
from misnomer.cli.console import tell, tell_error
from misnomer.errors import MisnomerError

FAILED, BUG, STOPPED, PIPE_CLOSED = 2, 70, 130, 141


class ReaderGone(Exception):
    """Whoever read the output, ``head`` for instance, has had enough."""


def exit_code_of(problem: BaseException) -> int:
    """Tell the problem on stderr, if it is for the user, and say what to exit with."""
    match problem:
        case MisnomerError():
            tell_error(problem.message, problem.hint)
            return FAILED
        case typer.TyperException():
            return _usage_error(problem)
        case BrokenPipeError() | ReaderGone():
            _close_stdout()
            return PIPE_CLOSED
        case OSError():
            tell_error(str(problem), "Check the path, its rights, and that there is space.")
            _close_stdout()
            return FAILED
        case KeyboardInterrupt() | typer.Abort():
            tell("\nStopped; run the same command again to go on.")
            return STOPPED
        case SystemExit():
            return problem.code if isinstance(problem.code, int) else int(problem.code is not None)
        case _:
            return _bug(problem)


def _usage_error(problem: typer.TyperException) -> int:
    context = getattr(problem, "ctx", None)
    if type(problem).__name__ == "NoArgsIsHelpError":
        tell(problem.format_message())
    else:
        path = context.command_path if context else "misnomer"
        tell_error(problem.format_message(), f"{path} --help")
    return FAILED


def _bug(problem: BaseException) -> int:
    if settings.get_int("debug"):
        tell("".join(traceback.format_exception(problem)).rstrip())
        return BUG
    where = traceback.extract_tb(problem.__traceback__)[-1]
    tell_error(
        f"{type(problem).__name__}: {problem} ({Path(where.filename).name}, line {where.lineno})",
        "This is a bug in misnomer. Run the same command with MISNOMER_DEBUG=1 before it, and report what it prints.",
    )
    return BUG


def _close_stdout() -> None:
    """Let nothing more be written where it cannot be, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
