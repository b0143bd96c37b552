"""``misnomer demo``"""

from pathlib import Path
from typing import Annotated

import typer

from misnomer.cli.commands.serve import serve
from misnomer.cli.console import say, say_section, tell


def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put pictures and project.")] = Path(
        "misnomer-demo"
    ),
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Do not show the pages: compute everything and write a report.")
    ] = False,
) -> None:
    """Build the demo project and show its pages in the browser.

    The shipped pictures are 3,812 emoji in two drawing styles: two models learned one style and predict both.
    Needs no network. The pages open as soon as there are numbers; embeddings and what follows from them are computed
    beside.

    \b
    Example: misnomer demo
    """
    from misnomer.cli.evaluation_tables import say_summaries
    from misnomer.project.demo_project import create_demo

    tell(f"Building the demo in {directory}")
    with create_demo(directory, *(() if no_serve else ("pixels",))) as project:
        say_summaries([project.evaluate(model=name) for name in project.models])
        _say_next_steps(project.path)
        if no_serve:
            say(f"\nThe report: {project.report(directory / 'report.html')}")
    if not no_serve:
        say()
        serve(project.path, compute=True)


def _say_next_steps(project: Path) -> None:
    say_section("Next:")
    say(f"  misnomer serve {project}")
    say(f"  misnomer evaluate {project} --model linear --split test")
    say(f"  misnomer evaluate {project} --model linear --by saturation")
    say(f"  misnomer samples {project} --model linear --outcome fp --sort -confidence")
    say(f"  misnomer report {project} -o report.html --classes Flags,Symbols")
