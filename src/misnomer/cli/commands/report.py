"""``misnomer report``"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import say, say_json
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import Json, ProjectPath

if TYPE_CHECKING:
    from misnomer.filters import Filter


@takes_filter
def report(
    directory: ProjectPath,
    where: "Filter",
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.html", help="The file to write.")],
    json: Json = False,
) -> None:
    """Write one HTML file with scores, charts, examples.

    \b
    Example: misnomer report pets.misnomer -o pets.html
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        path = project.report(output, where=where)
    if json:
        say_json({"path": str(path)})
    else:
        say(str(path))
