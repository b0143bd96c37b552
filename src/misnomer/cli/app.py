"""The program: its commands, the options of all of them, and what it exits with."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from misnomer.cli.commands.add_embeddings import add_embeddings
from misnomer.cli.commands.add_images import add_images
from misnomer.cli.commands.add_labels import add_labels
from misnomer.cli.commands.add_predictions import add_predictions
from misnomer.cli.commands.annotate_next import annotate_next
from misnomer.cli.commands.check import check
from misnomer.cli.commands.compare import compare
from misnomer.cli.commands.compute import compute
from misnomer.cli.commands.create import create
from misnomer.cli.commands.demo import demo
from misnomer.cli.commands.duplicates import duplicates
from misnomer.cli.commands.evaluate import evaluate
from misnomer.cli.commands.export import export
from misnomer.cli.commands.info import info
from misnomer.cli.commands.label_errors import label_errors
from misnomer.cli.commands.outliers import outliers
from misnomer.cli.commands.report import report
from misnomer.cli.commands.samples import samples
from misnomer.cli.commands.score import score
from misnomer.cli.commands.serve import serve
from misnomer.cli.commands.similar import similar
from misnomer.cli.commands.slices import slices
from misnomer.cli.commands.tag import tag
from misnomer.cli.failures import ReaderGone, exit_code_of

COMMANDS: tuple[Callable[..., None], ...] = (
    *(demo, create, add_images, add_labels, add_predictions, add_embeddings, compute, info),
    *(score, evaluate, samples, similar, annotate_next, label_errors, duplicates, outliers, slices, compare),
    *(tag, export, report, check),
    serve,
)


class Program(TyperGroup):
    """Typer's group, except for a reader that went away, which Typer would call a failure."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except BrokenPipeError as problem:
            raise ReaderGone from problem


# Plain help: a third of the time of Rich's, and the same in a terminal and in a pipe.
app = typer.Typer(
    cls=Program,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings are environment variables, such as MISNOMER_WORKERS=4; docs/settings.md lists them.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"misnomer {version('misnomer')}")
        raise typer.Exit


def _forbid_colour(wanted: bool) -> None:
    if wanted:
        os.environ["NO_COLOR"] = "1"


@app.callback()
def misnomer(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="No colours (so does NO_COLOR=1).", callback=_forbid_colour)
    ] = False,
) -> None:
    """Evaluate an image classifier, see where and why it fails, find wrong labels.

    Start with: misnomer demo
    """


for command in COMMANDS:
    app.command()(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns what the process should exit with."""
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    try:
        answer = get_command(app).main(list(arguments), prog_name="misnomer", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as problem:
        return exit_code_of(problem)
    return exit_code_of(KeyboardInterrupt()) if answer == 130 else answer or 0


def _write_utf8(stream: Any) -> None:
    """Names of files and classes are of any script; what cannot be written is escaped instead of an error."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main() -> None:
    """What the console script calls."""
    sys.exit(run(sys.argv[1:]))
