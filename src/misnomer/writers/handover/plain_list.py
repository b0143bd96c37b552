"""A plain list: one key, or one place of an image, a line."""

from pathlib import Path

from misnomer.errors import InputError
from misnomer.writers.handover.item import Handover, Written
from misnomer.writers.handover.placing import left_out


def write_plain_list(handover: Handover, target: Path) -> Written:
    """Write one name a line.

    Raises:
        InputError: a name has a line end in it, which a list cannot say.
    """
    count = without_image = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for item in handover.items:
            name = item.location if handover.paths else item.key
            if name is None:
                without_image += 1
                continue
            if "\n" in name or "\r" in name:
                raise InputError(
                    f"The name {name!r} has a line end in it, which a list cannot hold.",
                    hint="Export with --to csv, or leave it out with a filter.",
                )
            file.write(f"{name}\n")
            count += 1
    return Written(count, left_out(without_image))
