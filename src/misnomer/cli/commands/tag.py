"""``misnomer tag``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import one_line, say, say_json
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.words import counted

if TYPE_CHECKING:
    from misnomer.filters import Filter


@takes_filter
def tag(
    directory: ProjectPath,
    name: Annotated[str, typer.Argument(metavar="TAG", help="The tag.")],
    where: "Filter",
    model: ChosenModel = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the tag off instead.")] = False,
    json: Json = False,
) -> None:
    """Give the samples of a filter a tag, or take it off.

    \b
    Example: misnomer tag pets.misnomer relabel --outcome fp --where "confidence > 0.9"
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        change = project.untag if remove else project.tag
        changed = change(name, model=model, where=where)
        bearing = project.info().tags.get(name, 0)
    if json:
        say_json({"tag": name, "changed": changed, "sample_count": bearing})
    else:
        done = "lost" if remove else "given"
        say(f"{counted(changed, 'sample')} {done} {one_line(name)!r}; {bearing:,} now bear it")
