from pathlib import Path

from misnomer.writers.handover.class_folders import write_class_folders
from misnomer.writers.handover.item import Item
from tests.unit.writers.handover.items import handover, images


def test_images_are_linked_by_class_and_keep_their_keys(tmp_path: Path) -> None:
    located = images(tmp_path / "images", ["cat/1.jpg", "dog/1.jpg", "2.jpg"])
    (tmp_path / "out").mkdir()
    items = [Item(key, located[key], label) for key, label in zip(located, ["cat", "cat", None], strict=True)]
    written = write_class_folders(handover(items), tmp_path / "out")
    placed = [tmp_path / "out" / name for name in ("cat/1.jpg", "cat/dog/1.jpg", "_unlabeled/2.jpg")]
    assert [path.readlink() for path in placed] == [Path(place) for place in located.values()]
    assert written.sample_count == 3


def test_names_that_are_taken_get_a_number_and_hostile_ones_stay_inside(tmp_path: Path) -> None:
    located = images(tmp_path / "images", ["cat/1.jpg", "1.jpg", "CAT/1.JPG"])
    (tmp_path / "out").mkdir()
    items = [Item("cat/1.jpg", located["cat/1.jpg"], "cat"), Item("1.jpg", located["1.jpg"], "cat")]
    items += [Item("../../x.jpg", located["1.jpg"], 'a "b" & <c>'), Item("/etc/y.jpg", located["1.jpg"], "två\nrader")]
    written = write_class_folders(handover(items, images="copy"), tmp_path / "out")
    placed = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.jpg"))
    assert placed == [
        "a %22b%22 & %3Cc%3E/%2E%2E/%2E%2E/x.jpg",
        "cat/1-2.jpg",
        "cat/1.jpg",
        "två%0Arader/etc/y.jpg",
    ]
    assert (tmp_path / "out/cat/1-2.jpg").read_bytes() == b"1.jpg"
    assert written.notes == ("1 renamed, since their name was taken",)
