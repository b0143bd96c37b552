import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from misnomer.errors import InputError
from misnomer.writers.handover import label_studio
from misnomer.writers.handover.item import Item
from misnomer.writers.handover.label_studio import labelling_config, write_label_studio
from tests.unit.writers.handover.items import CLASSES, handover


def tasks(folder: Path) -> list[dict]:  # type: ignore[type-arg]
    return [task for path in sorted(folder.glob("tasks-*.json")) for task in json.loads(path.read_text("utf-8"))]


def test_a_task_has_the_image_the_reason_and_the_suggestion(tmp_path: Path) -> None:
    item = Item("cat/1.jpg", "/data/cat/1.jpg", "cat", "dog, wild", 0.93, "labelled cat, predicted dog, wild")
    written = write_label_studio(handover([item], Path("/data")), tmp_path)
    assert written.sample_count == 1
    assert tasks(tmp_path) == [
        {
            "data": {
                "image": "/data/local-files/?d=data/cat/1.jpg",
                "key": "cat/1.jpg",
                "label": "cat",
                "reason": "labelled cat, predicted dog, wild",
            },
            "predictions": [
                {
                    "model_version": "m",
                    "score": 0.93,
                    "result": [
                        {
                            "id": "suggestion",
                            "type": "choices",
                            "from_name": "choice",
                            "to_name": "image",
                            "value": {"choices": ["dog, wild"]},
                        }
                    ],
                }
            ],
        }
    ]


def test_every_class_is_a_choice_whatever_is_in_its_name() -> None:
    config = ElementTree.fromstring(labelling_config(CLASSES))
    assert [choice.get("value") for choice in config.iter("Choice")] == list(CLASSES)


@pytest.mark.parametrize("key", ["a b/ü+&#?.jpg", "100%.jpg", 'q"uote\n.jpg'])
def test_the_address_of_a_local_file_gives_its_path_back(tmp_path: Path, key: str) -> None:
    write_label_studio(handover([Item(key, f"/data/val/{key}")], Path("/data/val")), tmp_path)
    query = urlsplit(tasks(tmp_path)[0]["data"]["image"]).query
    assert parse_qs(query)["d"] == [f"val/{key}"]
    assert "DOCUMENT_ROOT='/data'" in (tmp_path / "README.txt").read_text("utf-8")


def test_the_prefix_is_the_users_and_a_remote_image_keeps_its_address(tmp_path: Path) -> None:
    items = [Item("a b.jpg", "/data/a b.jpg"), Item("c.jpg", "s3://bucket/c.jpg")]
    write_label_studio(handover(items, Path("/data"), image_prefix=""), tmp_path)
    assert [task["data"]["image"] for task in tasks(tmp_path)] == ["a b.jpg", "s3://bucket/c.jpg"]


def test_many_tasks_are_split_into_files_and_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_studio, "TASKS_PER_FILE", 3)
    write_label_studio(handover([Item(f"{n}.jpg", f"/data/{n}.jpg") for n in range(7)], Path("/data")), tmp_path)
    assert [len(json.loads(p.read_text())) for p in sorted(tmp_path.glob("tasks-*.json"))] == [3, 3, 1]
    assert [task["data"]["key"] for task in tasks(tmp_path)] == [f"{n}.jpg" for n in range(7)]


def test_files_are_no_larger_than_label_studio_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_studio, "BYTES_PER_FILE", 1000)
    items = [Item(f"{n}.jpg", f"/data/{n}.jpg", reason="ü" * 100) for n in range(20)]
    write_label_studio(handover(items, Path("/data")), tmp_path)
    assert max(path.stat().st_size for path in tmp_path.glob("tasks-*.json")) <= 1010
    assert len(tasks(tmp_path)) == 20


def test_what_has_no_image_is_left_out_and_told(tmp_path: Path) -> None:
    written = write_label_studio(handover([Item("a", None)], Path("/data")), tmp_path)
    assert (written.sample_count, written.notes) == (0, ("1 without an image left out",))
    assert tasks(tmp_path) == []


def test_an_image_outside_of_the_root_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="outside of /data"):
        write_label_studio(handover([Item("a", "/other/a.jpg")], Path("/data")), tmp_path)
