"""``misnomer compare``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import one_line, say, say_json, say_section
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import Json, ProjectPath
from misnomer.cli.row_limit import RowLimit, row_limit
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, rounded, with_interval

if TYPE_CHECKING:
    from misnomer.evaluation.comparison import Comparison
    from misnomer.filters import Filter


@takes_filter
def compare(
    directory: ProjectPath,
    a: Annotated[str, typer.Argument(metavar="A", help="One model.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other.")],
    where: "Filter",
    level: Annotated[
        float | None, typer.Option(metavar="FRACTION", help="Coverage of the intervals, such as 0.95.")
    ] = None,
    limit: RowLimit = 20,
    json: Json = False,
) -> None:
    """Compare two models on the same samples.

    \b
    Example: misnomer compare pets.misnomer resnet50 vit --split test
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        comparison = project.compare(a, b, where=where, level=level)
    if json:
        say_json(comparison.to_dict())
    else:
        _say_comparison(comparison, row_limit(limit))


def _say_comparison(comparison: "Comparison", limit: int | None) -> None:
    say(one_line(comparison.sentence))
    left_out = f"; {comparison.left_out_count:,} with label lack one" if comparison.left_out_count else ""
    say(f"{counted(comparison.sample_count, 'sample')} with label and both predictions{left_out}")
    say()
    models = [comparison.a, comparison.b]
    say_table(
        ["score", *models],
        [
            [name, *(with_interval(score.value, score.interval, digits=4) for score in (pair.a, pair.b))]
            for name, pair in comparison.scores.items()
        ],
    )
    say_section("right and wrong")
    say_table(
        ["", f"{comparison.b} right", f"{comparison.b} wrong"],
        [
            [f"{comparison.a} right", f"{comparison.both_right:,}", f"{comparison.only_a_right:,}"],
            [f"{comparison.a} wrong", f"{comparison.only_b_right:,}", f"{comparison.both_wrong:,}"],
        ],
    )
    _say_classes(comparison, limit)


def _say_classes(comparison: "Comparison", limit: int | None) -> None:
    say_section("recall by class")
    say_table(
        ["class", "support", comparison.a, comparison.b, "difference", "p"],
        [
            [
                row.name,
                f"{row.support:,}",
                rounded(row.recall_a.value),
                rounded(row.recall_b.value),
                with_interval(row.difference.value, row.difference.interval),
                rounded(row.p_value),
            ]
            for row in comparison.classes[:limit]
        ],
    )
    if len(comparison.classes) > (limit or len(comparison.classes)):
        say(f"… {len(comparison.classes):,} classes; --limit 0 shows all")
