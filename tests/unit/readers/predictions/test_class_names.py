"""Which class a name, an index or a column means."""

import json
from pathlib import Path

import pytest

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.predictions.class_names import ClassNames, index_of, read_class_names
from misnomer.readers.report import ImportReport


@pytest.mark.parametrize(
    "content",
    [
        "cat\ndog\nbird\n",
        "\ufeffcat\r\n\r\ndog\r\nbird",
        '["cat", "dog", "bird"]',
        '{"0": "cat", "1": "dog", "2": "bird"}',
        '{"2": "bird", "0": "cat", "1": "dog"}',
        '{"cat": 0, "bird": 2, "dog": 1}',
        '{"architectures": ["ViT"], "id2label": {"0": "cat", "1": "dog", "2": "bird"}, "hidden_size": 8}',
        '{"categories": [{"id": 0, "name": "cat"}, {"id": 2, "name": "bird"}, {"id": 1, "name": "dog"}]}',
        "index,name\n2,bird\n0,cat\n1,dog\n",
        "name;other\ncat;1\ndog;2\nbird;3\n",
    ],
)
def test_class_names_are_read_in_index_order(content: str, tmp_path: Path) -> None:
    path = tmp_path / "classes"
    path.write_text(content, encoding="utf-8", newline="")
    assert read_class_names(path) == ("cat", "dog", "bird")


def test_a_class_may_be_called_like_a_missing_value(tmp_path: Path) -> None:
    path = tmp_path / "classes.csv"
    path.write_text("index,name\n0,None\n1,nan\n")
    assert read_class_names(path) == ("None", "nan")


@pytest.mark.parametrize("content", ["cat\ndog\ncat\n", '{"1": "cat", "2": "dog"}', '{"0": "cat", "2": "dog"}'])
def test_names_twice_and_gaps_in_the_indices_are_errors(content: str, tmp_path: Path) -> None:
    path = tmp_path / "classes"
    path.write_text(content)
    with pytest.raises(InputError):
        read_class_names(path)


@pytest.mark.parametrize("content", ["", " \n", "[1, ", "[]", '[["cat"]]'])
def test_a_file_without_class_names_is_unreadable(content: str, tmp_path: Path) -> None:
    path = tmp_path / "classes.json"
    path.write_text(content)
    with pytest.raises(UnreadableSource):
        read_class_names(path)


def test_names_that_differ_in_case_and_spaces_only_are_bridged_and_reported() -> None:
    report = ImportReport("", "predictions", "")
    classes = ClassNames(("cat", "polar bear"), ("cat", "polar bear"))
    assert classes.named(["Cat", "polarbear", "dog"], report) == {
        "Cat": "cat",
        "polarbear": "polar bear",
        "dog": "dog",
    }
    assert report.findings[0].keys == ("'Cat' read as 'cat'", "'polarbear' read as 'polar bear'")


def test_nothing_is_bridged_between_two_classes_of_the_project() -> None:
    classes = ClassNames(("cat", "Cat"), ("cat", "Cat"))
    assert classes.named(["CAT", "Cat"], ImportReport("", "", "")) == {"CAT": "CAT", "Cat": "Cat"}


@pytest.mark.parametrize(
    ("text", "index"),
    [("3", 3), ("3.0", 3), ("LABEL_3", 3), ("class_3", 3), ("-1", None), ("3.5", None), ("cat", None)],
)
def test_an_index_may_be_written_in_several_ways(text: str, index: int | None) -> None:
    assert index_of(text) == index


def test_a_sequence_is_taken_as_it_is() -> None:
    assert read_class_names(json.loads('["b", "a"]')) == ("b", "a")
