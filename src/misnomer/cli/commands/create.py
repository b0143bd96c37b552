"""``misnomer create``"""

from typing import Annotated

import typer

from misnomer.cli.commands.compute import say_computed
from misnomer.cli.console import say_json
from misnomer.cli.import_report import say_import
from misnomer.cli.options import Json, ProjectPath


def create(
    directory: ProjectPath,
    images: Annotated[str, typer.Option(metavar="DIR_OR_TABLE", help="A folder of images, or a table of their paths.")],
    labels: Annotated[str | None, typer.Option(metavar="FILE", help="Labels; else those of the images.")] = None,
    predictions: Annotated[
        str | None, typer.Option(metavar="FILE", help="A model's predictions; needs --model.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the model that predicted.")] = None,
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="The images' split, or the one to take of several.")
    ] = None,
    skip: Annotated[list[str], typer.Option(metavar="STEP", help="Leave this step for later; repeatable.")] = [],  # noqa: B006  # Typer copies it
    json: Json = False,
) -> None:
    """Make a project from images, and compute the metrics.

    May be stopped and run again at any time: it does what is missing.

    \b
    Example: misnomer create pets.misnomer --images data/val
    """
    from misnomer.project import create as create_project

    with create_project(
        directory,
        images=images,
        labels=labels,
        predictions=predictions,
        model=model,
        split=split,
        skip=skip,
        on_import=None if json else say_import,
    ) as project:
        info = project.info()
        if json:
            say_json(info.to_dict())
        else:
            say_computed(info)
