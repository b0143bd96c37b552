"""ImageNet's list, as CVAT's format "ImageNet" takes it: ``samples.txt`` with ``path index``, and ``synsets.txt``.

A path with white space stands as ``"path without extension".extension``, which is Datumaro's way.
"""

import re
from pathlib import Path

from misnomer.errors import InputError
from misnomer.writers.handover.item import Handover, Written


def write_imagenet_list(handover: Handover, folder: Path) -> Written:
    """Write the suggested class of each sample, or its label where there is no suggestion.

    Raises:
        InputError: a name that the list cannot hold.
    """
    for name in handover.class_names:
        if name != name.strip() or re.search(r"[\r\n]", name):
            raise InputError(f"The class {name!r} cannot stand in synsets.txt.", hint="Export with --to cvat.")
    (folder / "synsets.txt").write_text("".join(f"{name}\n" for name in handover.class_names), encoding="utf-8")
    indices = {name: index for index, name in enumerate(handover.class_names)}
    count = without_class = 0
    with (folder / "samples.txt").open("w", encoding="utf-8", newline="\n") as file:
        for item in handover.items:
            chosen = item.suggestion or item.label
            if chosen is None:
                without_class += 1
                continue
            file.write(f"{_quoted(item.key)} {indices[chosen]}\n")
            count += 1
    return Written(count, (f"{without_class:,} without suggestion and label left out",) if without_class else ())


def _quoted(key: str) -> str:
    if not re.search(r"\s", key) and '"' not in key:
        return key
    stem, dot, extension = key.rpartition(".")
    if '"' in key or re.search(r"[\r\n]", key) or not dot or re.search(r"\s", extension):
        raise InputError(f"The name {key!r} cannot stand in ImageNet's list.", hint="Export with --to cvat.")
    return f'"{stem}".{extension}'
