"""``misnomer slices``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import one_line, say, say_json, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.row_limit import RowLimit, row_limit
from misnomer.cli.table import say_table
from misnomer.cli.words import rounded, with_interval

if TYPE_CHECKING:
    from misnomer.evaluation.slice_report import SliceReport
    from misnomer.filters import Filter


@takes_filter
def slices(
    directory: ProjectPath,
    where: "Filter",
    model: ChosenModel = None,
    minimum_support: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Samples that a slice has at least; else 20.")
    ] = None,
    limit: RowLimit = 20,
    json: Json = False,
) -> None:
    """Find where the model is worse than elsewhere.

    \b
    Example: misnomer slices pets.misnomer --model resnet50 --split test
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        report = project.slices(model=model, where=where, minimum_support=minimum_support)
    if json:
        say_json(report.to_dict())
    else:
        _say_report(report, row_limit(limit))


def _say_report(report: "SliceReport", limit: int | None) -> None:
    say(one_line(report.sentence))
    if not report.slices:
        return
    say()
    say_table(
        ["slice", "samples", "accuracy", "rest", "errors too many", "adjusted p"],
        [
            [
                found.title,
                f"{found.sample_count:,}",
                with_interval(found.accuracy.value, found.accuracy.interval),
                rounded(found.rest_accuracy),
                rounded(found.excess_errors, 1),
                rounded(found.adjusted_p_value),
            ]
            for found in report.slices[:limit]
        ],
    )
    if limit and len(report.slices) > limit:
        tell(f"{limit:,} of {len(report.slices):,} slices; --limit 0 shows all")
