"""Samples of a filter to a file."""

from pathlib import Path
from typing import cast, get_args

from misnomer.errors import InputError
from misnomer.store.listing import export_samples
from misnomer.store.selection import Selection
from misnomer.writers.tables import TableFormat, write_samples


def export(selection: Selection, path: Path, to: TableFormat | None) -> int:
    """Write every sample of the selection; returns how many.

    Raises:
        UnknownName: no such format.
        InputError: neither ``to`` nor the path's extension says which.
    """
    return write_samples(export_samples(selection), path, to or _format_of(path))


def _format_of(path: Path) -> TableFormat:
    formats = get_args(TableFormat)
    extension = path.suffix[1:].lower()
    if extension not in formats:
        raise InputError(
            f"{path.name!r} does not say a format.",
            hint=f"End it with .{', .'.join(formats)}, or say which with to=FORMAT (--to FORMAT).",
        )
    return cast(TableFormat, extension)
