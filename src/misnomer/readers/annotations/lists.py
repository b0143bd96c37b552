"""ImageNet's lists: ``path index`` a line, with the classes in ``synsets.txt`` or ``synset_words.txt`` beside."""

import re
from pathlib import Path

from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.tables.sources import ByteSource
from misnomer.readers.tables.text import open_utf8, survey_text

_LINE = re.compile(r"^(\S.*\.(?:jpe?g|png|ppm|bmp|pgm|tiff?|webp|gif|avif))\s+(\d+)\s*$", re.IGNORECASE)
_QUOTED = re.compile(r'^"(.*)"(\.\w+)$')  # Datumaro's way to write a path with spaces
_CLASS_FILES = ("synsets.txt", "synset_words.txt")


def is_list(head: bytes) -> bool:
    """Whether the first lines are an image's name and a number."""
    lines = [line for line in head.decode(errors="replace").splitlines()[:20] if line.strip()]
    return bool(lines) and all(_LINE.match(line) for line in lines[:-1] or lines)


def list_annotations(source: ByteSource) -> Annotations:
    """One image a line; a line of another form has no label."""
    with open_utf8(source, survey_text(source)) as file:
        lines = [line.strip() for line in file.read().decode().splitlines() if line.strip()]
    matches = [_LINE.match(line) for line in lines]
    return Annotations(
        format="a list of images and class indices",
        keys=[_QUOTED.sub(r"\1\2", match[1]) if match else line for match, line in zip(matches, lines, strict=True)],
        labels=[[match[2]] if match else [] for match in matches],
        class_names=_classes_beside(source.path),
    )


def _classes_beside(path: Path) -> tuple[str, ...]:
    for name in _CLASS_FILES:
        file = path.with_name(name)
        if file.is_file():
            lines = [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
            named = [line for line in lines if line]
            return tuple(line.split()[0] if name == "synset_words.txt" else line for line in named)
    return ()
