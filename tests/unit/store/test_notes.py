"""A note belongs to one sample, can be found, and leaves with its last letter."""

import pytest

from misnomer.filters import Filter, where
from misnomer.store.database import Database
from misnomer.store.listing import export_samples, list_samples
from misnomer.store.notes import set_note
from misnomer.store.selection import Selection


def notes(database: Database) -> dict[str, str]:
    noted = list_samples(Selection(database, where("note is not null")))
    return {record["key"]: record["note"] for record in noted}


def test_a_note_stands_with_its_sample_only(database: Database) -> None:
    set_note(database, 2, "a wolf?")
    assert notes(database) == {"dog/1.jpg": "a wolf?"}


@pytest.mark.parametrize("text", ["two\nlines", 'it\'s "quoted"', "<script>alert(1)</script>", "狼 🐺"])
def test_a_note_is_kept_letter_by_letter(database: Database, text: str) -> None:
    set_note(database, 2, text)
    assert notes(database) == {"dog/1.jpg": text}


def test_a_second_note_takes_the_place_of_the_first(database: Database) -> None:
    set_note(database, 2, "a wolf?")
    set_note(database, 2, "a husky")
    assert notes(database) == {"dog/1.jpg": "a husky"}


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_a_blank_note_takes_the_note_away(database: Database, blank: str) -> None:
    set_note(database, 2, "a wolf?")
    set_note(database, 2, blank)
    assert notes(database) == {}


def test_notes_are_exported(database: Database) -> None:
    set_note(database, 2, "a wolf?")
    table = export_samples(Selection(database, Filter())).read_all()
    assert table["note"].to_pylist() == [None, None, "a wolf?", None, None, None]
