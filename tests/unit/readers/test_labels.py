import json
from pathlib import Path

import pytest

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.labels import LabelListing, read_labels
from misnomer.readers.report import Finding


def findings(listing: LabelListing) -> dict[str, Finding]:
    return {finding.kind: finding for finding in listing.report.findings}


def written(folder: Path, text: str) -> Path:
    (folder / "labels").write_text(text)
    return folder / "labels"


def test_a_table_gives_key_label_split_and_the_users_columns(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "filename;target;split;age\na.jpg;cat;valid;3\nb.jpg;;;4\n"))
    assert listing.labels.to_pydict() == {
        "key": ["a.jpg", "b.jpg"],
        "label": ["cat", None],
        "split": ["val", None],
        "age": [3, 4],
    }
    assert listing.class_names == ("cat",)
    assert listing.report.format == "a table of labels (CSV, separated by ';')"
    assert findings(listing)["without_label"].keys == ("b.jpg",)


def test_an_index_means_the_projects_class(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "id,label\na,1\nb,0\nc,7\nd,\n"), class_names=("cat", "dog"))
    assert listing.labels["label"].to_pylist() == ["dog", "cat", None, None]
    assert listing.class_names == ("cat", "dog")
    assert findings(listing)["converted"].count == 2
    assert findings(listing)["unknown_class"].keys == ("c",)


def test_an_index_that_became_a_float_is_an_index() -> None:
    listing = read_labels({"id": ["a", "b"], "label": [1.0, None]}, class_names=("cat", "dog"))
    assert listing.labels["label"].to_pylist() == ["dog", None]


def test_a_class_that_is_called_by_a_number_is_a_name(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "id,label\na,1\nb,0\n"), class_names=("1", "0", "2"))
    assert listing.labels["label"].to_pylist() == ["1", "0"]
    assert "converted" not in findings(listing)


def test_an_index_without_names_keeps_its_digits_and_it_is_said(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "id,label\na,1\nb,0\n"))
    assert listing.labels["label"].to_pylist() == ["1", "0"]
    assert findings(listing)["converted"].count == 2


def test_new_names_come_after_the_projects(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "id,label\na,cow\nb,dog\nc,ant\n"), class_names=("dog", "cat"))
    assert listing.class_names == ("dog", "cat", "ant", "cow")


def test_a_name_like_one_of_the_projects_is_reported(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "id,label\na,Cat\n"), class_names=("cat",))
    assert findings(listing)["similar_class"].keys == ("cat", "Cat")


def test_a_key_given_twice_is_used_once_and_a_contradiction_not_at_all(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, "id,label\na,x\na,x\nb,x\nb,y\n,x\nc,y\n"))
    assert listing.labels["key"].to_pylist() == ["a", "c"]
    assert findings(listing)["duplicate_key"].keys == ("a",)
    assert findings(listing)["conflicting_duplicate"].keys == ("b",)
    assert findings(listing)["missing_key"].keys == ("row 5",)


def test_one_column_of_0_and_1_per_class_gives_the_label() -> None:
    listing = read_labels({"image": ["a", "b"], "cat": [1, 0], "dog": [0, 1]})
    assert listing.labels["label"].to_pylist() == ["cat", "dog"]


def test_fiftyones_and_cocos_json_and_imagenets_list_are_read(tmp_path: Path) -> None:
    fiftyone = {"classes": ["cat", "dog"], "labels": {"1": 1, "2": [0, 1]}}
    coco = {
        "images": [{"id": 1, "file_name": "1.jpg"}],
        "annotations": [{"image_id": 1, "category_id": 5}],
        "categories": [{"id": 5, "name": "cat"}],
    }
    assert read_labels(written(tmp_path, json.dumps(fiftyone))).labels["label"].to_pylist() == ["dog", None]
    assert read_labels(written(tmp_path, json.dumps(coco))).labels["label"].to_pylist() == ["cat"]
    listed = read_labels(written(tmp_path, "a/1.jpg 1\na/2.jpg 0\n"), class_names=("cat", "dog"))
    assert listed.labels["label"].to_pylist() == ["dog", "cat"]


def test_a_table_without_labels_or_keys_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no column of labels"):
        read_labels(written(tmp_path, "id,lable\na,x\n"))
    with pytest.raises(UnreadableSource, match="no column that names the images"):
        read_labels(written(tmp_path, "x,label\na,x\n"))


def test_a_table_without_rows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labels that can be used"):
        read_labels(written(tmp_path, "id,label\n"))
