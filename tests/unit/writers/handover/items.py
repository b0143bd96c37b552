"""A hand-over of a few samples with odd names."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from misnomer.writers.handover.item import Handover, Item

CLASSES = ("cat", "dog, wild", 'a "b" & <c>', "två\nrader")


def handover(items: list[Item], root: Path | None = None, **options: Any) -> Handover:
    return Handover(
        items=iter(items),
        class_names=CLASSES,
        title="pets & co",
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        root=None if root is None else str(root),
        model="m",
        **options,
    )


def images(root: Path, keys: list[str]) -> dict[str, str]:
    """A file each; its place by key."""
    for key in keys:
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(key.encode())
    return {key: str(root / key) for key in keys}
