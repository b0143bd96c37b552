"""``misnomer similar``"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from misnomer.cli.console import one_line, say_json, tell
from misnomer.cli.filter_options import takes_filter
from misnomer.cli.options import ChosenModel, Json, ProjectPath
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, rounded

if TYPE_CHECKING:
    from misnomer.filters import Filter
    from misnomer.project.similar_results import SimilarPage


@takes_filter
def similar(
    directory: ProjectPath,
    where: "Filter",
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="KEY", help="Samples to look for similar ones of.")
    ] = None,
    image: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Instead of keys: an image from outside the project.")
    ] = None,
    like_tag: Annotated[
        str | None, typer.Option(metavar="T", help="Instead of keys: the samples that bear this tag.")
    ] = None,
    model: ChosenModel = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many.")] = 20,
    json: Json = False,
) -> None:
    """List the samples that are most similar to some others.

    \b
    Example: misnomer similar pets.misnomer cat/1.jpg --where "label is null"
    """
    from misnomer.filters import Filter
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        page = project.similar(
            *(keys or ()),
            image=None if image is None else str(image),
            to=None if like_tag is None else Filter(tags=(like_tag,)),
            among=where,
            model=model,
            limit=limit,
        )
    if json:
        say_json(page.to_dict())
    else:
        _say_page(page)


def _say_page(page: "SimilarPage") -> None:
    several = page.query_count > 1
    say_table(
        ["key", *(["similar to"] if several else []), "label", "prediction", "distance"],
        [
            [
                sample.key,
                *([sample.similar_to or ""] if several else []),
                *(text or "–" for text in (sample.label, sample.prediction)),
                rounded(sample.distance),
            ]
            for sample in page.samples
        ],
        text_columns=3 + several,
    )
    if page.sentence:
        tell(page.sentence)
    if page.without_vector:
        left_out = counted(len(page.without_vector), "sample")
        tell(f"{left_out} without a vector left out, such as {one_line(page.without_vector[0])}")
