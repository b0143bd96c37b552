"""``misnomer evaluate``"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from misnomer.cli.console import one_line, say, say_json
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import Json, Labels, ProjectPath
from misnomer.cli.row_limit import RowLimit, row_limit

if TYPE_CHECKING:
    from misnomer.evaluation.results import Evaluation
    from misnomer.filters import Filter
    from misnomer.project import Project


@takes_filter
def evaluate(
    directory: ProjectPath,
    where: "Filter",
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which model; else all of them, side by side.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="METRIC", help="Performance by this metric instead.")] = None,
    bins: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Bins of --by; else by the number of samples.")
    ] = None,
    rate: Annotated[str, typer.Option(metavar="recall|precision", help="The rate of --by.")] = "recall",
    level: Annotated[
        float | None, typer.Option(metavar="FRACTION", help="Coverage of the intervals, such as 0.95.")
    ] = None,
    labels: Labels = "given",
    limit: RowLimit = 20,
    json: Json = False,
) -> None:
    """Scores, classes, confusion, importance.

    With --by, performance by a metric.

    \b
    Example: misnomer evaluate pets.misnomer --model resnet50 --classes cat,dog
             misnomer evaluate pets.misnomer --by brightness --where "width >= 200"
    """
    from misnomer.cli.evaluation_tables import say_evaluations
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        models = [model] if model or not project.models else [*project.models]
        if by and not json:
            _say_by(project, models, by, where, bins=bins, rate=rate, labels=labels, level=level)
            return
        evaluations = [project.evaluate(model=name, where=where, labels=labels, level=level) for name in models]  # type: ignore[arg-type]
        if by:
            evaluations = [
                _with_performance(project, evaluation, by, where, bins=bins, rate=rate, labels=labels, level=level)
                for evaluation in evaluations
            ]
    if not json:
        say_evaluations(evaluations, limit=row_limit(limit))
    elif len(evaluations) == 1:
        say_json(evaluations[0].to_dict())
    else:
        say_json({"evaluations": [evaluation.to_dict() for evaluation in evaluations]})


def _with_performance(
    project: "Project", evaluation: "Evaluation", metric: str, where: "Filter", **options: Any
) -> "Evaluation":
    performance = project.by_metric(metric, model=evaluation.model, where=where, **options)
    return evaluation.model_copy(update={"by_metric": performance})


def _say_by(project: "Project", models: Sequence[str | None], metric: str, where: "Filter", **options: Any) -> None:
    from misnomer.cli.evaluation_tables import say_performance

    for position, model in enumerate(models):
        if position:
            say()
        performance = project.by_metric(metric, model=model, where=where, **options)
        say_performance(performance, of_model=f" of {one_line(model)}" if model and len(models) > 1 else "")
