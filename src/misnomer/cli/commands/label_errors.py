"""``misnomer label-errors``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import say, say_json, say_section, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.row_limit import row_limit
from misnomer.cli.table import say_table
from misnomer.cli.words import rounded

if TYPE_CHECKING:
    from misnomer.filters import Filter
    from misnomer.project.results import ClassNoise, LabelErrors

_NOISY_CLASSES = 10


@takes_filter
def label_errors(
    directory: ProjectPath,
    where: "Filter",
    model: ChosenModel = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="How many; 0: all.")] = 20,
    json: Json = False,
) -> None:
    """List labels that are probably wrong.

    The worst first, with what speaks against them, after checking whatever labels have changed.

    \b
    Example: misnomer label-errors pets.misnomer --model resnet50 --classes cat
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        project.compute("labels")
        found = project.label_errors(model=model, where=where, limit=row_limit(limit))
    if json:
        say_json(found.to_dict())
    else:
        _say(found)


def _say(found: "LabelErrors") -> None:
    say(found.sentence)
    if found.confirmed is not None:
        say(f"Of those reviewed, {found.confirmed.value:.0%} were corrected.")
    for note in found.notes:
        tell(f"note: {note}")
    if found.label_errors:
        say_section("suspected labels")
        say_table(
            ["key", "label", "suggested", "label quality"],
            [
                [error.sample.key, error.sample.label or "–", error.suggested, rounded(error.label_quality)]
                for error in found.label_errors
            ],
            text_columns=3,
        )
        if len(found.label_errors) < found.total:
            tell(f"{len(found.label_errors):,} of {found.total:,} suspected labels; --limit 0 shows all")
    noisy = [row for row in found.per_class if row.noise > 0]
    if noisy:
        say_section("noise by label")
        say_table(
            ["label", "most often suggested", "samples", "suspected", "noise"],
            [_noise_cells(row) for row in noisy[:_NOISY_CLASSES]],
            text_columns=2,
        )


def _noise_cells(row: "ClassNoise") -> list[str]:
    counts = f"{row.sample_count:,}", f"{row.suspected_count:,}"
    suggested = f"{row.mistaken_for} ({row.mistaken_count:,})" if row.mistaken_for else "–"
    return [row.name, suggested, *counts, f"{row.noise:.1%}"]
