"""Label Studio's exports: JSON (tasks with annotations), and JSON-MIN and CSV (a row an annotation)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.columns import PATH_NAMES, plain_name
from misnomer.readers.tables import Table

# What Label Studio adds to the columns of a task in JSON-MIN and CSV; the first three are always there.
_OWN_COLUMNS = ("annotator", "annotation_id", "lead_time", "created_at", "updated_at", "id", "agreement")
_OUR_DATA = ("key", "label", "reason")  # see writers/handover/label_studio.py
_OUR_CHOICE = "choice"
_UPLOADED = re.compile(r"^/data/upload/\d+/[0-9a-f]{8}-")
_IMAGE = re.compile(r"\.(?:jpe?g|png|ppm|bmp|pgm|tiff?|webp|gif|avif)$", re.IGNORECASE)

Task = Mapping[str, Any]


def is_label_studio(document: Any) -> bool:
    """Whether it is a list of tasks: objects with ``data`` and annotations or predictions."""
    return (
        isinstance(document, list)
        and bool(document)
        and all(
            isinstance(task, dict)
            and isinstance(task.get("data"), dict)
            and isinstance(task.get("annotations", task.get("predictions")), list)
            for task in document
        )
    )


def label_studio_annotations(tasks: Sequence[Task], source: str) -> Annotations:
    """The choices of every annotation that was not cancelled; a task without one has no label.

    Annotators who contradict each other give a key twice, which the import refuses and reports.

    Raises:
        UnreadableSource: a task without an image, or several controls of choices and none called ``choice``.
    """
    control = _control(tasks, source)
    keys, labels = [], []
    for task in tasks:
        key = image_key(task["data"], source)
        annotations = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
        for annotation in annotations or [{}]:
            keys.append(key)
            labels.append([name for r in _choices(annotation) if r["from_name"] == control for name in _names(r)])
    return Annotations("Label Studio, JSON", keys, labels, class_names=())


def label_studio_table(table: Table) -> Annotations | None:
    """The choices in JSON-MIN or CSV; None if the table is something else.

    Raises:
        UnreadableSource: no column can be told to be the choices.
    """
    names = table.column_names
    if not set(_OWN_COLUMNS[:3]) <= set(names):
        return None
    control = _choice_column(names, table.name)
    rows = table.read()
    others = [name for name in names if name not in (*_OWN_COLUMNS, control)]
    data = rows.select(others).to_pylist()
    labels = [_cell_names(cell) for cell in rows[control].to_pylist()]
    return Annotations(
        f"Label Studio, a row an annotation ({table.format})",
        [image_key(row, table.name) for row in data],
        labels,
        class_names=(),
    )


def image_key(data: Mapping[str, Any], source: str) -> str:
    """What names the image of a task: the key that misnomer wrote, else the path within the image's address.

    >>> image_key({"image": "/data/local-files/?d=cat/a%20b.jpg"}, "")
    'cat/a b.jpg'
    >>> image_key({"image": "/data/upload/3/0a1b2c3d-1.jpg"}, "")
    '1.jpg'
    """
    if isinstance(data.get("key"), str):
        return str(data["key"])
    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    by_name = [value for name, value in texts.items() if plain_name(name) in PATH_NAMES]
    for value in (*by_name, *texts.values()):
        path = _path_in(value)
        if _IMAGE.search(path):
            return path
    if by_name:
        return _path_in(by_name[0])
    raise UnreadableSource(
        f"A task of {source} names no image; its data: {', '.join(map(str, data))}.",
        hint="Export with the task's data, where a value is the image's address.",
    )


def _path_in(address: str) -> str:
    parts = urlsplit(address)
    if "d" in (query := parse_qs(parts.query)):
        return query["d"][0]
    if parts.scheme or address.startswith("/data/"):
        return _UPLOADED.sub("", unquote(address))
    return address


def _choices(annotation: Task) -> Iterator[Task]:
    for result in annotation.get("result") or ():
        if isinstance(result, dict) and result.get("type") == "choices" and isinstance(result.get("value"), dict):
            yield {"from_name": result.get("from_name"), "value": result["value"]}


def _names(result: Task) -> list[str]:
    return [str(name) for name in result["value"].get("choices") or ()]


def _control(tasks: Sequence[Task], source: str) -> str:
    controls = dict.fromkeys(
        str(result["from_name"]) for task in tasks for a in task.get("annotations", ()) for result in _choices(a)
    )
    return _only(list(controls), source, "controls") if controls else _OUR_CHOICE


def _choice_column(names: Sequence[str], source: str) -> str:
    candidates = [
        name for name in names if name not in (*_OWN_COLUMNS, *_OUR_DATA) and plain_name(name) not in PATH_NAMES
    ]
    return _only(candidates, source, "columns")


def _only(candidates: Sequence[str], source: str, what: str) -> str:
    if _OUR_CHOICE in candidates:
        return _OUR_CHOICE
    if len(candidates) == 1:
        return candidates[0]
    raise UnreadableSource(
        f"{source} is Label Studio's, but which of its {what} has the class cannot be told: {', '.join(candidates)}.",
        hint="Call the control `choice`, or give a CSV with the columns path and label.",
    )


def _cell_names(cell: Any) -> list[str]:
    """A cell: a name, or several as ``{"choices": […]}``, in CSV as JSON."""
    if isinstance(cell, str) and re.match(r'\{\s*"choices"', cell):
        try:
            cell = json.loads(cell)
        except ValueError:
            return [str(cell)]
    if isinstance(cell, dict):
        return [str(name) for name in cell.get("choices") or ()]
    return [] if cell is None or cell == "" else [str(cell)]
