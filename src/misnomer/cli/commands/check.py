"""``misnomer check``"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import say, say_json
from misnomer.cli.options import Json, ProjectPath
from misnomer.cli.table import say_table
from misnomer.cli.words import counted

if TYPE_CHECKING:
    from misnomer.evaluation.rules import CheckReport

_SUMMARY = "GITHUB_STEP_SUMMARY"  # names the file that GitHub Actions shows on the page of a run


def check(
    directory: ProjectPath,
    rules: Annotated[Path, typer.Argument(metavar="RULES", help="A file of rules: TOML, or JSON.")],
    junit: Annotated[Path | None, typer.Option(metavar="FILE.xml", help="Write the outcome as JUnit's XML.")] = None,
    json: Json = False,
) -> None:
    """Hold scores against rules; exit with 1 if one is broken.

    \b
    Example: misnomer check pets.misnomer rules.toml --junit check.xml
    """
    from misnomer.project import open_project
    from misnomer.writers.atomic import written_whole
    from misnomer.writers.check import junit_xml, markdown

    with open_project(directory, read_only=True) as project:
        report = project.check(rules)
    if junit is not None:
        with written_whole(junit) as path:
            path.write_text(junit_xml(report), encoding="utf-8")
    if summary := os.environ.get(_SUMMARY):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(markdown(report))
    if json:
        say_json(report.to_dict())
    else:
        _say_report(report)
    if not report.passed:
        raise typer.Exit(1)


def _say_report(report: "CheckReport") -> None:
    say_table(
        ["verdict", "rule", "model", "why", "samples"],
        [[rule.verdict, rule.name, rule.model, rule.sentence, f"{rule.sample_count:,}"] for rule in report.rules],
        text_columns=4,
    )
    say()
    skipped = f", {report.skipped_count:,} skipped" if report.skipped_count else ""
    say(f"{counted(len(report.rules), 'rule')}: {report.failed_count:,} failed{skipped}")
