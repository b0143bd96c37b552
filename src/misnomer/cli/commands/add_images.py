"""``misnomer add-images``"""

from typing import Annotated

import typer

from misnomer.cli.import_report import answer_import
from misnomer.cli.options import Json, ProjectPath


def add_images(
    directory: ProjectPath,
    source: Annotated[
        str, typer.Argument(metavar="DIR_OR_TABLE", help="A folder of images, or a table of their paths.")
    ],
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="The images' split, or the one to take of several.")
    ] = None,
    json: Json = False,
) -> None:
    """Add images to a project.

    `misnomer compute` then measures them.

    \b
    Example: misnomer add-images pets.misnomer data/more
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        summary = project.add_images(source, split=split)
    answer_import(summary, json=json)
