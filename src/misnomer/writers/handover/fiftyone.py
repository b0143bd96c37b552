"""FiftyOne: a FiftyOneImageClassificationDataset, and a few lines of Python that load it.

``labels.json`` names each image by its path without extension, as FiftyOne does; of images that differ in the
extension only, all but the first keep it. ``suggestions/labels.json`` has what the model says. ``data.json`` says where
the images are, unless they are placed in ``data/``.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from misnomer.writers.handover.item import Handover, Item, Written
from misnomer.writers.handover.names import safe_path, unique_names
from misnomer.writers.handover.placing import left_out, place_image

LOADER = '''"""Load this folder into FiftyOne: python load.py"""

from pathlib import Path

import fiftyone as fo

folder = Path(__file__).resolve().parent
data_path = str(folder / {data!r})
kind = fo.types.FiftyOneImageClassificationDataset
dataset = fo.Dataset.from_dir(
    data_path=data_path, labels_path=str(folder / "labels.json"), dataset_type=kind, label_field="label"
)
suggestions_path = str(folder / "suggestions" / "labels.json")
dataset.merge_dir(data_path=data_path, labels_path=suggestions_path, dataset_type=kind, label_field="suggestion")

# When the field "label" is corrected, export it and give it back: misnomer add-labels PROJECT corrected/labels.json
#   dataset.export("corrected", dataset_type=kind, label_field="label", export_media=False, rel_dir={root!r})
fo.launch_app(dataset).wait()
'''


class _JsonObject:
    """A JSON object written entry by entry between a head and a tail."""

    def __init__(self, path: Path, head: str, tail: str) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._tail = tail
        self._separator = "\n"
        self._file.write(head)

    def __enter__(self) -> "_JsonObject":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.write(self._tail)
        self._file.close()

    def add(self, name: str, value: Any) -> None:
        """Write one entry."""
        self._file.write(f"{self._separator}{json.dumps(name)}: {json.dumps(value)}")
        self._separator = ",\n"


def write_fiftyone(handover: Handover, folder: Path) -> Written:
    """Write ``labels.json``, ``suggestions/labels.json``, ``load.py``, and ``data.json`` or ``data/``.

    Raises:
        InputError: an image is remote and to be linked.
    """
    class_ids = {name: class_id for class_id, name in enumerate(handover.class_names)}
    head = f'{{"classes": {json.dumps(handover.class_names)}, "labels": {{'
    named = _Names()
    (folder / "suggestions").mkdir()
    count = missing = 0
    with ExitStack() as files:
        labels = files.enter_context(_JsonObject(folder / "labels.json", head, "\n}}\n"))
        suggestions = files.enter_context(_JsonObject(folder / "suggestions" / "labels.json", head, "\n}}\n"))
        if handover.images is None:
            manifest = files.enter_context(_JsonObject(folder / "data.json", "{", "\n}\n"))
        for name, location, item in named.of(handover.items):
            if handover.images is None:
                manifest.add(name, location)
            elif not place_image(location, folder / "data" / name, handover.images):
                missing += 1
                continue
            labels.add(_stem(name), None if item.label is None else class_ids[item.label])
            if item.suggestion is not None:
                suggestions.add(_stem(name), _suggestion(item, class_ids))
            count += 1
    data = "data.json" if handover.images is None else "data"
    (folder / "load.py").write_text(LOADER.format(data=data, root=handover.root or ""), encoding="utf-8")
    return Written(count, left_out(named.without_image, missing))


class _Names:
    """A name with an extension for each image, such that what FiftyOne cuts it down to is unique."""

    def __init__(self) -> None:
        self.without_image = 0
        self._unique_path, self._stems = unique_names(), set[str]()

    def of(self, items: Iterator[Item]) -> Iterator[tuple[str, str, Item]]:
        """Name, location and item of every item with an image."""
        for item in items:
            if item.location is None:
                self.without_image += 1
                continue
            name = self._unique_path(safe_path(item.key))
            if "." not in name.rpartition("/")[2] or _stem(name).casefold() in self._stems:
                name += f".{item.location.rpartition('.')[2]}" if "." in item.location.rpartition("/")[2] else ".jpg"
            self._stems.add(_stem(name).casefold())
            yield name, item.location, item


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _suggestion(item: Item, class_ids: Mapping[str, int]) -> dict[str, Any]:
    target = {"label": class_ids[item.suggestion or ""], "confidence": item.score}
    return {name: value for name, value in target.items() if value is not None} | {
        "attributes": {"reason": item.reason}
    }
