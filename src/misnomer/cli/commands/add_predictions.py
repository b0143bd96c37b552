"""``misnomer add-predictions``"""

from pathlib import Path
from typing import Annotated

import typer

from misnomer.cli.import_report import answer_import
from misnomer.cli.options import Json, ModelName, ProjectPath, Source


def add_predictions(
    directory: ProjectPath,
    source: Source,
    model: ModelName,
    missing: Annotated[
        str | None,
        typer.Option(metavar="exclude|wrong|error", help="What a sample without prediction counts as."),
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="For a file without keys: its rows are this split.")
    ] = None,
    classes_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Names of the matrix's columns, or of the indices.")
    ] = None,
    json: Json = False,
) -> None:
    """Add a model's predictions; say what matched.

    \b
    Example: misnomer add-predictions pets.misnomer resnet50.csv --model resnet50
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        summary = project.add_predictions(
            source,
            model=model,
            missing=missing,  # type: ignore[arg-type]  # any other text is an error that names the three
            split=split,
            classes=classes_file,
        )
    answer_import(summary, json=json)
