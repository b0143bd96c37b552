"""``misnomer export``"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import in_terminal, say, say_json, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.words import counted
from misnomer.errors import InputError

if TYPE_CHECKING:
    from misnomer.filters import Filter
    from misnomer.project import Project


@takes_filter
def export(
    directory: ProjectPath,
    where: "Filter",
    to: Annotated[
        str | None, typer.Option(metavar="csv|parquet|json", help="The format; else that of FILE's ending.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; else to stdout.")
    ] = None,
    model: ChosenModel = None,
    json: Json = False,
) -> None:
    """Write samples with every metric to a file.

    \b
    Example: misnomer export pets.misnomer --tag relabel -o relabel.csv
             misnomer export pets.misnomer --to csv | head
    """
    from misnomer.project import open_project

    if output is None:
        _refuse_stdout(to, json)
    with open_project(directory, read_only=True) as project:
        if output is None:
            _export_to_stdout(project, to or "", model, where)
            return
        count = project.export(output, to=to, model=model, where=where)  # type: ignore[arg-type]
    if json:
        say_json({"path": str(output), "sample_count": count})
    else:
        say(f"{counted(count, 'sample')} in {output}")


def _refuse_stdout(to: str | None, json: bool) -> None:
    if to is None:
        raise InputError("Neither a file nor a format.", hint="Give -o FILE, or --to csv|parquet|json to print.")
    if json:
        raise InputError("--json tells about a file, and there is none.", hint="Give -o FILE.")
    if to == "parquet" and in_terminal(sys.stdout):
        raise InputError("Parquet is not for reading in a terminal.", hint="Give -o FILE, or a pipe.")


def _export_to_stdout(project: "Project", to: str, model: str | None, where: "Filter") -> None:
    with tempfile.TemporaryDirectory(prefix="misnomer-") as folder:
        file = Path(folder) / "samples"
        count = project.export(file, to=to, model=model, where=where)  # type: ignore[arg-type]
        tell(counted(count, "sample"))
        with file.open("rb") as content:
            shutil.copyfileobj(content, sys.stdout.buffer)
