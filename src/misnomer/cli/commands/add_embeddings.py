"""``misnomer add-embeddings``"""

from typing import Annotated

import typer

from misnomer.cli.import_report import answer_import
from misnomer.cli.options import Json, ProjectPath, Source


def add_embeddings(
    directory: ProjectPath,
    source: Source,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call these vectors.")],
    keys: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keys of the rows, one a line or an .npy of text.")
    ] = None,
    in_order: Annotated[
        bool, typer.Option("--in-order", help="For a file without keys: its rows are the samples in their order.")
    ] = False,
    split: Annotated[str | None, typer.Option(metavar="NAME", help="Only samples of this split are meant.")] = None,
    json: Json = False,
) -> None:
    """Add your own vectors of the images.

    \b
    Example: misnomer add-embeddings pets.misnomer clip.parquet --name clip
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        summary = project.add_embeddings(source, name=name, keys=keys, in_order=in_order, split=split)
    answer_import(summary, json=json)
