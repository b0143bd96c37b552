import ast
import json
from pathlib import Path
from posixpath import splitext

from misnomer.writers.handover.fiftyone import write_fiftyone
from misnomer.writers.handover.item import Item
from tests.unit.writers.handover.items import CLASSES, handover, images


def read(path: Path) -> dict:  # type: ignore[type-arg]
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def test_labels_and_suggestions_are_indices_of_the_classes(tmp_path: Path) -> None:
    items = [Item("a/1.jpg", "/d/a/1.jpg", "cat", "dog, wild", 0.5, "why"), Item("b.jpg", "/d/b.jpg")]
    write_fiftyone(handover(items, Path("/d")), tmp_path)
    assert read(tmp_path / "labels.json") == {"classes": list(CLASSES), "labels": {"a/1": 0, "b": None}}
    suggestion = {"label": 1, "confidence": 0.5, "attributes": {"reason": "why"}}
    assert read(tmp_path / "suggestions/labels.json")["labels"] == {"a/1": suggestion}
    assert read(tmp_path / "data.json") == {"a/1.jpg": "/d/a/1.jpg", "b.jpg": "/d/b.jpg"}
    ast.parse((tmp_path / "load.py").read_text("utf-8"))


def test_what_fiftyone_makes_of_each_name_is_unique(tmp_path: Path) -> None:
    keys = ["a/1.jpg", "a/1.png", "a/1.PNG", "a/v1.2/x", "plain", "../up.jpg"]
    items = [Item(key, f"/d/{key}" if "." in key else f"/d/{key}.webp", "cat") for key in keys]
    write_fiftyone(handover(items, Path("/d")), tmp_path)
    manifest, labels = read(tmp_path / "data.json"), read(tmp_path / "labels.json")["labels"]
    seen_by_fiftyone = {splitext(name)[0]: place for name, place in manifest.items()}
    assert len(seen_by_fiftyone) == len(keys)
    assert list(seen_by_fiftyone) == list(labels)
    assert list(seen_by_fiftyone.values()) == [item.location for item in items]


def test_images_can_be_placed_in_the_folder(tmp_path: Path) -> None:
    located = images(tmp_path / "images", ["a/1.jpg", "a/1.png"])
    items = [Item(key, place, "cat") for key, place in located.items()] + [Item("gone.jpg", "/gone.jpg")]
    (tmp_path / "out").mkdir()
    written = write_fiftyone(handover(items, tmp_path / "images", images="copy"), tmp_path / "out")
    assert (tmp_path / "out/data/a/1.jpg").read_bytes() == b"a/1.jpg"
    assert (tmp_path / "out/data/a/1.png.png").read_bytes() == b"a/1.png"
    assert list(read(tmp_path / "out/labels.json")["labels"]) == ["a/1", "a/1.png"]
    assert written.notes == ("1 whose image is not there left out",)
