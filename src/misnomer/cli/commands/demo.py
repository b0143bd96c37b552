"""``misnomer demo``"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from misnomer.cli.console import in_terminal, say, say_section, tell


def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put pictures, project and report.")] = Path(
        "misnomer-demo"
    ),
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Only build: do not open the report in the browser.")
    ] = False,
) -> None:
    """Build the demo project and show its report.

    The shipped pictures are 3,812 emoji in two drawing styles: two models learned one style and predict both.
    Needs no network.

    \b
    Example: misnomer demo
    """
    import webbrowser

    from misnomer.cli.evaluation_tables import say_summaries
    from misnomer.project.demo_project import create_demo

    tell(f"Building the demo in {directory}")
    with create_demo(directory) as project:
        say_summaries([project.evaluate(model=name) for name in project.models])
        page = project.report(directory / "report.html")
        _say_next_steps(project.path)
    say(f"\nThe report: {page}")
    if not no_serve and in_terminal(sys.stdout):
        webbrowser.open(page.resolve().as_uri())


def _say_next_steps(project: Path) -> None:
    say_section("Next:")
    say(f"  misnomer evaluate {project} --model linear --split test")
    say(f"  misnomer evaluate {project} --model linear --by saturation")
    say(f"  misnomer samples {project} --model linear --outcome fp --sort -confidence")
    say(f"  misnomer report {project} -o report.html --classes Flags,Symbols")
