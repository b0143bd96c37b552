"""Samples of a filter to a file or folder, in any of the formats."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

import pyarrow as pa

from misnomer.errors import InputError
from misnomer.project.computing import resolve_locations
from misnomer.project.results import ExportSummary
from misnomer.store import samples
from misnomer.store.classes import class_table
from misnomer.store.handover import handover_rows
from misnomer.store.listing import export_samples
from misnomer.store.selection import Selection
from misnomer.writers.atomic import written_whole
from misnomer.writers.folder import check_replaceable, folder_written_whole
from misnomer.writers.formats import EXPORT_FORMATS, ExportFormat, find_export_format
from misnomer.writers.handover.item import Handover, Item, Placing, Written
from misnomer.writers.tables import TableFormat, write_samples


def export(
    selection: Selection,
    path: Path,
    to: str | None,
    *,
    model: str | None = None,
    images: Placing | None = None,
    image_prefix: str | None = None,
    paths: bool = False,
) -> ExportSummary:
    """Write every sample of the selection; what an earlier export wrote there is replaced.

    Raises:
        UnknownName: no such format.
        InputError: neither ``to`` nor the path's extension says which; an option that the format does not take;
            a place that holds something else.
    """
    format = find_export_format(to) if to is not None else _format_of(path)
    _check_options(format, {"images": images, "image_prefix": image_prefix, "paths": paths})
    if format.write is None:
        replaced = path.exists()
        written = Written(write_samples(export_samples(selection), path, cast(TableFormat, format.name)))
    else:
        handover = Handover(
            items=_items(selection, by_key=format.name == "cvat"),
            class_names=tuple(class_table(selection.database)["name"].to_pylist()),
            title=selection.database.directory.resolve().stem,
            created=datetime.now().astimezone(),
            root=_common_root(selection),
            model=model,
            images=images,
            image_prefix=image_prefix,
            paths=paths,
        )
        replaced, written = _write(format, handover, path, _roots(selection))
    return ExportSummary(
        path=str(path),
        format=format.name,
        sample_count=written.sample_count,
        replaced=replaced,
        notes=written.notes,
    )


def _write(format: ExportFormat, handover: Handover, path: Path, roots: list[str]) -> tuple[bool, Written]:
    if format.write is None:
        raise ValueError(f"{format.name} is a table")
    if format.ending:
        replaced = path.exists()
        with written_whole(path) as partial:
            return replaced, format.write(handover, partial)
    replaced = check_replaceable(path.expanduser().resolve())
    with folder_written_whole(path, format=format.name, beside=roots) as folder:
        return replaced, format.write(handover, folder)


def _format_of(path: Path) -> ExportFormat:
    """The table format that the path's extension says."""
    by_ending = {format.ending: format for format in EXPORT_FORMATS.values() if format.write is None}
    if path.suffix.lower() not in by_ending:
        raise InputError(
            f"{path.name!r} does not say a format.",
            hint=f"End it with {', '.join(by_ending)}, or say which with to=FORMAT (--to FORMAT): "
            f"{', '.join(EXPORT_FORMATS)}.",
        )
    return by_ending[path.suffix.lower()]


def _check_options(format: ExportFormat, given: dict[str, object]) -> None:
    for option, value in given.items():
        if value not in (None, False) and option not in format.options:
            takers = [name for name, known in EXPORT_FORMATS.items() if option in known.options]
            raise InputError(
                f"The format {format.name} does not take {option}.", hint=f"It is for {' and '.join(takers)}."
            )
    if given["images"] not in (None, "link", "copy"):
        raise InputError(f"images is {given['images']!r}.", hint="Say link or copy.")


def _items(selection: Selection, *, by_key: bool) -> Iterator[Item]:
    for batch in handover_rows(selection, by_key=by_key):
        rows = pa.Table.from_batches([batch])
        has_image = rows["path"].is_valid()
        located = iter(resolve_locations(rows.filter(has_image), selection.database.directory))
        for row, with_image in zip(rows.to_pylist(), has_image.to_pylist(), strict=True):
            location = next(located) if with_image else None
            yield Item(
                key=row["key"],
                location=os.path.abspath(location) if location and "://" not in location else location,  # noqa: PTH100
                label=row["label"],
                suggestion=row["suggestion"],
                score=row["score"],
                reason=reason_of(row["label"], row["suggestion"], row["score"], row["tags"]),
                width_px=row["width"],
                height_px=row["height"],
            )


def reason_of(label: str | None, suggestion: str | None, score: float | None, tags: str | None) -> str:
    """Why a person should look, in a sentence.

    >>> reason_of("cat", "dog", 0.83, "odd"), reason_of("cat", "cat", None, None), reason_of(None, None, None, None)
    ('labelled cat, predicted dog (0.83); tagged odd', 'labelled and predicted cat', 'no label')
    """
    confidence = "" if score is None else f" ({score:.2f})"
    if suggestion is None:
        seen = "no label" if label is None else f"labelled {label}"
    elif label == suggestion:
        seen = f"labelled and predicted {label}{confidence}"
    else:
        seen = f"{'no label' if label is None else f'labelled {label}'}, predicted {suggestion}{confidence}"
    return f"{seen}; tagged {tags}" if tags else seen


def _roots(selection: Selection) -> list[str]:
    """The local folders that the images lie in."""
    here = resolve_locations(samples.image_folders(selection.database), selection.database.directory)
    return [os.path.abspath(root) for root in here if root and "://" not in root]  # noqa: PTH100


def _common_root(selection: Selection) -> str | None:
    roots = _roots(selection)
    try:
        return os.path.commonpath(roots) if roots else None
    except ValueError:  # other drives
        return None
