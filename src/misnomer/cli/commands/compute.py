"""``misnomer compute``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import say, say_json
from misnomer.cli.import_report import say_findings
from misnomer.cli.options import Json, ProjectPath

if TYPE_CHECKING:
    from misnomer.project.results import ProjectInfo


def compute(
    directory: ProjectPath,
    steps: Annotated[list[str] | None, typer.Argument(metavar="STEP", help="Which steps; none named: all.")] = None,
    engine: Annotated[
        str, typer.Option(metavar="local|ray", help="Who looks at the images: this machine or Ray's workers.")
    ] = "local",
    workers: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Images decoded side by side; 0: one per core.")
    ] = None,
    json: Json = False,
) -> None:
    """Compute whatever is missing.

    May be stopped and run again at any time.

    \b
    Example: misnomer compute pets.misnomer pixels --workers 4
             RAY_ADDRESS=10.0.0.1:6379 misnomer compute pets.misnomer --engine ray
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        project.compute(*(steps or ()), engine=engine, workers=workers)  # type: ignore[arg-type]  # unknown ones are told
        info = project.info()
    if json:
        say_json({"computed": info.to_dict()["computed"]})
    else:
        say_computed(info)


def say_computed(info: "ProjectInfo") -> None:
    """Print how much of each step is done, and which images could not be measured."""
    from misnomer.project.results import IMAGE_FILES

    for step in info.computed:
        say(f"{step.step}: {step.done:,} of {step.total:,} done")
    for summary in info.report:
        if summary.source == IMAGE_FILES:
            say_findings(summary)
