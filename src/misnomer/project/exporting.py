"""Samples of a filter to a file."""

from pathlib import Path
from typing import Literal, get_args

from misnomer.errors import InputError, UnknownName
from misnomer.store.listing import export_samples
from misnomer.store.selection import Selection
from misnomer.writers.tables import write_samples

Format = Literal["csv", "parquet", "json"]


def export(selection: Selection, path: Path, to: Format | None) -> int:
    """Write every sample of the selection; returns how many.

    Raises:
        UnknownName: no such format.
        InputError: neither the format nor the extension says which.
    """
    formats = get_args(Format)
    if to is None:
        extension = path.suffix[1:].lower()
        if extension not in formats:
            raise InputError(
                f"{path.name!r} does not say a format.",
                hint=f"End it with one of .{', .'.join(formats)}, or give --to.",
            )
        return write_samples(export_samples(selection), path, extension)
    if to not in formats:
        raise UnknownName("format", to, formats)
    return write_samples(export_samples(selection), path, to)
