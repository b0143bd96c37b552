"""``misnomer export``"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import in_terminal, say, say_json, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, Labels, ProjectPath
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
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="csv, parquet, json, list, label-studio, cvat, imagenet, fiftyone, encord or folders; "
            "else that of FILE's ending.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; a table or list else to stdout.")
    ] = None,
    model: ChosenModel = None,
    labels: Labels = "given",
    images: Annotated[
        str | None, typer.Option(metavar="link|copy", help="folders, fiftyone: place the images in the folder.")
    ] = None,
    image_prefix: Annotated[
        str | None, typer.Option(metavar="TEXT", help="label-studio: what stands before an image's relative path.")
    ] = None,
    paths: Annotated[bool, typer.Option("--paths", help="list: the images' places instead of the keys.")] = False,
    json: Json = False,
) -> None:
    """Write samples to a file, or for a labelling tool.

    \b
    Example: misnomer export pets.misnomer --tag relabel -o relabel.csv
             misnomer export pets.misnomer --outcome fp --to label-studio -o relabel
             misnomer export pets.misnomer --to csv | head
    """
    from misnomer.project import open_project

    if output is None:
        _refuse_stdout(to, json)
    options = {"labels": labels, "images": images, "image_prefix": image_prefix, "paths": paths}
    with open_project(directory, read_only=True) as project:
        if output is None:
            _export_to_stdout(project, to or "", model, where, options)
            return
        summary = project.export(output, to=to, model=model, where=where, **options)  # type: ignore[arg-type]
    if json:
        say_json(summary.to_dict())
    else:
        replaced = ", in place of what was there" if summary.replaced else ""
        say(f"{counted(summary.sample_count, 'sample')} in {output}{replaced}")
        for note in summary.notes:
            say(f"  - {note}")


def _refuse_stdout(to: str | None, json: bool) -> None:
    if to is None:
        raise InputError("Neither a file nor a format.", hint="Give -o FILE, or --to csv|parquet|json|list to print.")
    if json:
        raise InputError("--json tells about a file, and there is none.", hint="Give -o FILE.")
    if to == "parquet" and in_terminal(sys.stdout):
        raise InputError("Parquet is not for reading in a terminal.", hint="Give -o FILE, or a pipe.")


def _export_to_stdout(
    project: "Project", to: str, model: str | None, where: "Filter", options: Mapping[str, object]
) -> None:
    from misnomer.writers.formats import find_export_format

    if not find_export_format(to).ending:
        raise InputError(f"{to} is a folder, which cannot be printed.", hint="Give -o FOLDER.")
    with tempfile.TemporaryDirectory(prefix="misnomer-") as folder:
        file = Path(folder) / "samples"
        summary = project.export(file, to=to, model=model, where=where, **options)  # type: ignore[arg-type]
        tell(counted(summary.sample_count, "sample"))
        with file.open("rb") as content:
            shutil.copyfileobj(content, sys.stdout.buffer)
