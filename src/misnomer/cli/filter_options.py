"""The FILTER options, in one place for every command that takes them."""

import csv
import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from misnomer.filters import Filter

_OPTIONS = {
    "classes": Annotated[
        list[str],
        typer.Option(
            "--classes",
            metavar="A,B",
            help="The class filter: names by comma; repeatable. A name with a comma stands in double quotes.",
        ),
    ],
    "outcome": Annotated[
        str | None,
        typer.Option("--outcome", metavar="tp|fp|fn", help="True positives, false positives or false negatives."),
    ],
    "where": Annotated[
        list[str],
        typer.Option("--where", metavar="CONDITION", help='Such as "brightness < 0.3"; repeatable, all must hold.'),
    ],
    "tags": Annotated[
        list[str], typer.Option("--tag", metavar="T", help="Bears this tag; repeatable, all must be there.")
    ],
    "splits": Annotated[
        list[str], typer.Option("--split", metavar="S", help="Is in this split; repeatable, any will do.")
    ],
    "text": Annotated[
        str | None, typer.Option("--text", metavar="SUBSTRING", help="The key contains this, case ignored.")
    ],
}


def takes_filter(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the FILTER options; it receives them as one ``where``, a Filter."""
    own = inspect.signature(command)
    added = [_parameter(name, option) for name, option in _OPTIONS.items()]
    kept = [parameter for name, parameter in own.parameters.items() if name != "where"]

    @wraps(command)
    def with_filter(**given: Any) -> None:
        parts = {name: given.pop(name) for name in _OPTIONS}
        command(where=read_filter(**parts), **given)

    with_filter.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
    with_filter.__annotations__ = {p.name: p.annotation for p in (*kept, *added)}
    return with_filter


def _parameter(name: str, option: Any) -> inspect.Parameter:
    is_list = option.__origin__ == list[str]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=[] if is_list else None, annotation=option)


def read_filter(
    *,
    classes: Sequence[str],
    outcome: str | None,
    where: Sequence[str],
    tags: Sequence[str],
    splits: Sequence[str],
    text: str | None,
) -> "Filter":
    """The Filter that the options say."""
    from misnomer import filters

    return filters.where(
        *where,
        classes=split_names(classes) if classes else None,
        outcome=outcome,  # type: ignore[arg-type]  # any other text is an error that names the three
        tags=tags,
        splits=splits,
        text=text,
    )


def split_names(texts: Sequence[str]) -> list[str]:
    """Names by comma, those with a comma in double quotes.

    >>> split_names(['cat,"dog, wild"', "bird"])
    ['cat', 'dog, wild', 'bird']
    """
    return [name for row in csv.reader(texts, skipinitialspace=True) for name in row if name]
