"""``misnomer annotate-next``"""

from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import one_line, say_json, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, rounded

if TYPE_CHECKING:
    from misnomer.filters import Filter
    from misnomer.project.acquisition_results import AcquisitionPage


@takes_filter
def annotate_next(
    directory: ProjectPath,
    where: "Filter",
    model: ChosenModel = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many.")] = 20,
    tag_as: Annotated[
        str | None, typer.Option("--tag-as", metavar="T", help="Give the listed samples this tag.")
    ] = None,
    json: Json = False,
) -> None:
    """List the samples worth annotating next.

    Unlabelled ones; those of a FILTER where all have a label.

    \b
    Example: misnomer annotate-next pets.misnomer --split pool --limit 100 --tag-as round-2
    """
    from misnomer.filters import Filter
    from misnomer.project import open_project

    with open_project(directory, read_only=tag_as is None) as project:
        page = project.annotate_next(model=model, where=where, limit=limit)
        keys = tuple(sample.key for sample in page.samples)
        if tag_as is not None and keys:
            project.tag(tag_as, where=Filter(keys=keys))
    if json:
        say_json(page.to_dict())
    else:
        _say_page(page)
    if tag_as is not None:
        tell(f"{counted(len(keys), 'sample')} tagged {one_line(tag_as)!r}")


def _say_page(page: "AcquisitionPage") -> None:
    say_table(
        ["key", "prediction", "why", "score", "risk", "uncertainty", "distance"],
        [
            [
                sample.key,
                sample.prediction or "–",
                " ".join(sample.reasons),
                *map(rounded, (sample.score, sample.failure_risk, sample.uncertainty, sample.distance)),
            ]
            for sample in page.samples
        ],
        text_columns=3,
    )
    tell(page.sentence)
