"""How many rows a table shows."""

from typing import Annotated

import typer

RowLimit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Rows of each table; 0: all.")]


def row_limit(limit: int) -> int | None:
    """The limit as slices take it."""
    return limit or None
