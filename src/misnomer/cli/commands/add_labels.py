"""``misnomer add-labels``"""

from typing import Annotated

import typer

from misnomer.cli.import_report import answer_import
from misnomer.cli.options import Json, ProjectPath, Source


def add_labels(
    directory: ProjectPath,
    source: Source,
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="labels|corrections",
            help="labels replace the given ones; corrections are decisions beside them, as in a review.",
        ),
    ] = "labels",
    accept_suggestions: Annotated[
        bool, typer.Option("--accept-suggestions", help="Take CVAT's automatic tags that nobody changed for labels.")
    ] = False,
    json: Json = False,
) -> None:
    """Give samples labels from a file or a tool's export.

    \b
    Example: misnomer add-labels pets.misnomer labels.csv
             misnomer add-labels pets.misnomer project-1-at-2026-03-01.json --as corrections
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        summary = project.add_labels(source, as_=as_, accept_suggestions=accept_suggestions)  # type: ignore[arg-type]
    answer_import(summary, json=json)
