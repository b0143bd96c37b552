import csv
from pathlib import Path

import pytest

from misnomer.errors import InputError
from misnomer.writers.handover.encord import write_encord
from misnomer.writers.handover.imagenet_list import write_imagenet_list
from misnomer.writers.handover.item import Item
from misnomer.writers.handover.plain_list import write_plain_list
from tests.unit.writers.handover.items import handover


def test_a_list_has_a_key_a_line_or_a_place(tmp_path: Path) -> None:
    items = [Item("b ü.jpg", "/d/b ü.jpg"), Item("a.jpg", None)]
    write_plain_list(handover(items), tmp_path / "keys")
    assert (tmp_path / "keys").read_bytes() == "b ü.jpg\na.jpg\n".encode()
    written = write_plain_list(handover(items, paths=True), tmp_path / "paths")
    assert (tmp_path / "paths").read_bytes() == "/d/b ü.jpg\n".encode()
    assert written.notes == ("1 without an image left out",)


def test_a_key_that_a_list_cannot_hold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line end"):
        write_plain_list(handover([Item("a\nb.jpg", None)]), tmp_path / "out")


def test_encords_rows_survive_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    item = Item('a,"b"\n.jpg', None, "cat", "dog, wild", 0.5, "why")
    write_encord(handover([item, Item("c", None)]), tmp_path / "out")
    with (tmp_path / "out").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "title": 'a,"b"\n.jpg',
        "label": "cat",
        "suggested_class": "dog, wild",
        "score": "0.5",
        "reason": "why",
    }
    assert rows[1]["score"] == ""


def test_imagenets_list_quotes_paths_with_spaces_and_leaves_out_what_has_no_class(tmp_path: Path) -> None:
    plain = handover([Item("a.jpg", None, "cat", "dog, wild"), Item("b c.jpg", None, "cat"), Item("d.jpg", None)])
    classes = handover([])
    assert classes.class_names[3] == "två\nrader"
    with pytest.raises(InputError, match=r"synsets\.txt"):
        write_imagenet_list(plain, tmp_path)
    two = type(plain)(plain.items, plain.class_names[:2], plain.title, plain.created)
    written = write_imagenet_list(two, tmp_path)
    assert (tmp_path / "samples.txt").read_text("utf-8") == 'a.jpg 1\n"b c".jpg 0\n'
    assert (tmp_path / "synsets.txt").read_text("utf-8") == "cat\ndog, wild\n"
    assert written.notes == ("1 without suggestion and label left out",)
