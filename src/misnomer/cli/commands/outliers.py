"""``misnomer outliers``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import say, say_json, say_section
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, rounded

if TYPE_CHECKING:
    from misnomer.evaluation.outlier_report import MetricOutliers, OutlierReport
    from misnomer.filters import Filter


@takes_filter
def outliers(
    directory: ProjectPath,
    where: "Filter",
    model: ChosenModel = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Samples listed for each metric.")] = 3,
    json: Json = False,
) -> None:
    """Count and list samples with extreme values.

    \b
    Example: misnomer outliers pets.misnomer --split train
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        report = project.outliers(model=model, where=where, limit=limit)
    if json:
        say_json(report.to_dict())
    else:
        _say_report(report)


def _say_report(report: "OutlierReport") -> None:
    say(f"{counted(report.sample_count, 'sample')}; fences lie 1.5 (moderate) and 2.5 (severe) quartile ranges out")
    say()
    say_table(
        ["metric", "severe", "moderate", "samples", "moderate below", "moderate above"],
        [
            [
                metric.metric,
                f"{metric.severe_count:,}",
                f"{metric.moderate_count:,}",
                f"{metric.sample_count:,}",
                *(rounded(fence) for fence in metric.moderate_fences or (None, None)),
            ]
            for metric in report.metrics
        ],
    )
    if any(metric.extremes for metric in report.metrics):
        say_section("most extreme")
        say_table(
            ["metric", "key", "severity", "value"],
            [row for metric in report.metrics for row in _extremes(metric)],
            text_columns=3,
        )


def _extremes(metric: "MetricOutliers") -> list[list[str]]:
    return [
        [metric.metric, extreme.key, "severe" if extreme.severe else "moderate", rounded(extreme.value)]
        for extreme in metric.extremes
    ]
