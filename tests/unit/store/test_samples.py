"""Samples, labels, classes and the user's columns: added in any order, the same again changes nothing."""

import numpy as np
import pyarrow as pa
import pytest

from misnomer.store import attributes, classes, labels, samples
from misnomer.store.database import Database
from misnomer.store.fields import find_field, list_fields
from tests.unit.store.conftest import KEYS, LABELS, add_samples


def labels_of(database: Database) -> dict[str, str | None]:
    table = samples.sample_table(database)
    return dict(zip(table["key"].to_pylist(), table["label"].to_pylist(), strict=True))


def test_the_same_samples_again_change_nothing(database: Database) -> None:
    assert add_samples(database, KEYS, LABELS) == {"added": 0, "moved": 0, "relabelled": 0, "resplit": 0}


def test_new_samples_come_after_those_that_are_there(database: Database) -> None:
    add_samples(database, ["ant/1.jpg", *KEYS], ["ant", *LABELS])
    assert samples.sample_table(database)["key"].to_pylist() == [*KEYS, "ant/1.jpg"]


def test_a_missing_label_takes_none_away(database: Database) -> None:
    add_samples(database, KEYS, [None] * 6)
    assert labels_of(database) == dict(zip(KEYS, LABELS, strict=True))


def test_a_label_from_a_file_outlives_the_folders(database: Database) -> None:
    labels.set_labels(
        database, np.array([0]), pa.chunked_array([["dog"]]), pa.chunked_array([pa.nulls(1, pa.string())])
    )
    add_samples(database, KEYS, LABELS)
    assert labels_of(database)["cat/1.jpg"] == "dog"


def test_changed_labels_are_told_apart_from_new_ones(database: Database) -> None:
    new, resplit, changed = labels.set_labels(
        database,
        np.array([0, 1, 5]),
        pa.chunked_array([["dog", "cat", "eel"]]),
        pa.chunked_array([["val", None, None]]),
    )
    assert (new, resplit, changed) == (1, 1, ["cat/1.jpg"])


def test_classes_are_in_byte_order_whenever_they_came(database: Database) -> None:
    classes.add_label_classes(database, ["Zebra", "ant", "äpfel"])
    assert classes.label_class_names(database) == ["Zebra", "ant", "cat", "dog", "eel", "äpfel"]


def test_the_first_list_in_an_order_of_its_own_stands(database: Database) -> None:
    classes.add_label_classes(database, ["eel", "dog", "cat"])
    classes.add_label_classes(database, ["dog", "cat", "eel", "ant"])
    assert classes.label_class_names(database) == ["eel", "dog", "cat", "ant"]


def test_numeric_columns_become_metrics_and_others_metadata(database: Database) -> None:
    columns = pa.table({"weight": [1.5] * 6, 'odd "name"': ["a"] * 6})
    assert attributes.add_attributes(database, np.arange(6), columns) == 12
    assert attributes.add_attributes(database, np.arange(6), columns) == 0
    fields = list_fields(database)
    assert (fields["weight"].type, fields['odd "name"'].type) == ("number", "text")


def test_a_column_named_like_ours_gets_an_underscore(database: Database) -> None:
    attributes.add_attributes(database, np.arange(6), pa.table({"Label": ["x"] * 6, "confidence": [1.0] * 6}))
    assert find_field(database, "Label_").type == "text"
    assert find_field(database, "confidence_").is_metric


def test_text_in_a_numeric_column_stays_missing(database: Database) -> None:
    attributes.add_attributes(database, np.array([0]), pa.table({"age": [3.0]}))
    attributes.add_attributes(database, np.array([1]), pa.table({"age": ["old"]}))
    assert database.rows("select sample_id, age from attributes where age is not null") == [(0, 3.0)]


@pytest.mark.parametrize("key", ["new\nline", 'quo\'te "x"', "日本/ñ.png", "; drop table samples; --"])
def test_any_name_is_a_key(database: Database, key: str) -> None:
    add_samples(database, [key], ["cat"])
    assert labels_of(database)[key] == "cat"
