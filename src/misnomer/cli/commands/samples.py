"""``misnomer samples``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import say_json, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, Labels, ProjectPath
from misnomer.cli.row_limit import row_limit
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, rounded

if TYPE_CHECKING:
    from misnomer.filters import Filter
    from misnomer.project.results import Sample, SamplePage


@takes_filter
def samples(
    directory: ProjectPath,
    where: "Filter",
    model: ChosenModel = None,
    sort: Annotated[
        str | None, typer.Option(metavar="[-]METRIC", help="In the order of this; -METRIC: highest first.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="How many; 0: all.")] = 20,
    labels: Labels = "given",
    json: Json = False,
) -> None:
    """List samples: the Explorer, in the terminal.

    \b
    Example: misnomer samples pets.misnomer --outcome fp --sort -confidence
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        page = project.samples(model=model, where=where, labels=labels, sort=sort, limit=row_limit(limit))  # type: ignore[arg-type]
        models = project.models
    if json:
        say_json(page.to_dict())
    else:
        _say_page(page, (sort or "").removeprefix("-"))
        if model is None and len(models) > 1:
            tell(f"{counted(len(models), 'model')} ({', '.join(models)}): --model NAME shows its predictions")


def _say_page(page: "SamplePage", sorted_by: str) -> None:
    shows_metric = bool(page.samples) and sorted_by in page.samples[0].metrics and sorted_by != "confidence"
    columns = ["key", "label", "prediction", "outcome", "split", "tags", "confidence"]
    say_table(
        [*columns, sorted_by] if shows_metric else columns,
        [
            [*_cells(sample), rounded(sample.metrics[sorted_by])] if shows_metric else _cells(sample)
            for sample in page.samples
        ],
        text_columns=6,
    )
    if len(page.samples) < page.total:
        tell(f"{len(page.samples):,} of {counted(page.total, 'sample')}; --limit 0 shows all")


def _cells(sample: "Sample") -> list[str]:
    texts = (sample.label, sample.prediction, sample.outcome, sample.split, ", ".join(sample.tags))
    return [sample.key, *(text or "–" for text in texts), rounded(sample.confidence)]
