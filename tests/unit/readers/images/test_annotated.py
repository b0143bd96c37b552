"""Labels in files of their own form beside the images."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from misnomer.errors import UnreadableSource
from misnomer.readers.images import ImageListing, read_images
from misnomer.readers.report import Finding


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def labels(listing: ImageListing) -> dict[str, str | None]:
    return dict(zip(listing.samples["key"].to_pylist(), listing.samples["label"].to_pylist(), strict=True))


def findings(listing: ImageListing) -> dict[str, Finding]:
    return {finding.kind: finding for finding in listing.report.findings}


@pytest.fixture
def fiftyone(tmp_path: Path) -> Path:
    touch(tmp_path, "data/1.jpg", "data/sub/2.png", "data/3.jpg", "data/4.jpg", "data/5.jpg", "data/6.jpg")
    targets = {
        "1": 1,
        "sub/2": {"label": "cat", "confidence": 0.4, "attributes": {"weather": {"value": "rain"}}},
        "3": [0, 1],
        "4": None,
        "5": [1],
        "gone": 0,
    }
    (tmp_path / "labels.json").write_text(json.dumps({"classes": ["cat", "dog"], "labels": targets}))
    return tmp_path


@pytest.mark.parametrize("name", ["", "labels.json"])
def test_every_target_of_fiftyone_is_read(fiftyone: Path, name: str) -> None:
    listing = read_images(fiftyone / name)
    assert labels(listing) == {
        "data/1.jpg": "dog",
        "data/sub/2.png": "cat",
        "data/3.jpg": None,
        "data/4.jpg": None,
        "data/5.jpg": "dog",
        "data/gone": "cat",
        "data/6.jpg": None,
    }
    assert listing.class_names == ("cat", "dog")
    assert listing.samples["weather"].to_pylist()[1] == "rain"
    assert listing.report.format == "FiftyOne image classification (labels.json)"
    assert findings(listing)["multiple_labels"].keys == ("data/3",)
    assert findings(listing)["missing_image"].keys == ("data/gone",)
    assert "not_an_image" not in findings(listing)


def test_without_classes_fiftyones_targets_are_names(tmp_path: Path) -> None:
    touch(tmp_path, "data/1.jpg", "data/2.jpg")
    (tmp_path / "labels.json").write_text(json.dumps({"classes": None, "labels": {"1": "dog", "2": "cat"}}))
    listing = read_images(tmp_path)
    assert labels(listing) == {"data/1.jpg": "dog", "data/2.jpg": "cat"}
    assert listing.class_names == ("cat", "dog")


def coco(**changes: Any) -> dict[str, Any]:
    return {
        "info": {},
        "images": [{"id": 7, "file_name": "1.jpg"}, {"id": 9, "file_name": "2.jpg"}, {"id": 8, "file_name": "3.jpg"}],
        "categories": [
            {"id": 90, "name": "dog", "supercategory": "animal"},
            {"id": 3, "name": "car", "supercategory": "thing"},
        ],
        "annotations": [
            {"image_id": 7, "category_id": 90},
            {"image_id": 7, "category_id": 90},
            {"image_id": 9, "category_id": 90},
            {"image_id": 9, "category_id": 3},
        ],
    } | changes


@pytest.mark.parametrize("name", ["", "annotations/instances.json"])
def test_coco_gives_the_one_category_of_an_image(tmp_path: Path, name: str) -> None:
    touch(tmp_path, "images/1.jpg", "images/2.jpg", "images/3.jpg", "annotations/x.txt")
    (tmp_path / "annotations/instances.json").write_text(json.dumps(coco()))
    listing = read_images(tmp_path / name)
    assert labels(listing) == {"images/1.jpg": "dog", "images/2.jpg": None, "images/3.jpg": None}
    assert listing.class_names == ("car", "dog")  # by rising id
    assert listing.samples["supercategory"].to_pylist() == ["animal", None, None]
    assert findings(listing)["multiple_labels"].keys == ("2.jpg",)
    assert findings(listing)["without_label"].count == 2
    assert findings(listing)["not_an_image"].keys == ("annotations/x.txt",)


def test_incomplete_coco_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "coco.json").write_text(json.dumps(coco(images=[{"id": 1}])))
    with pytest.raises(UnreadableSource, match="an entry is incomplete: KeyError"):
        read_images(tmp_path / "coco.json")


def test_two_files_of_annotations_are_an_error_that_asks_which(tmp_path: Path) -> None:
    touch(tmp_path, "1.jpg")
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(coco()))
    with pytest.raises(UnreadableSource, match=r"a\.json, b\.json"):
        read_images(tmp_path)


def test_other_json_beside_class_folders_is_no_annotation(tmp_path: Path) -> None:
    touch(tmp_path, "cat/1.jpg")
    (tmp_path / "classes.json").write_text('{"classes": ["cat"]}')
    (tmp_path / "broken.json").write_text('{"labels": ')
    assert labels(read_images(tmp_path)) == {"cat/1.jpg": "cat"}


def test_imagenets_list_is_read_with_the_synsets_beside_it(tmp_path: Path) -> None:
    touch(tmp_path, "ILSVRC2012_val_00000001.JPEG", "a b.JPEG")
    (tmp_path / "val.txt").write_text("ILSVRC2012_val_00000001.JPEG 1\na b.JPEG 0\n")
    (tmp_path / "synset_words.txt").write_text("n01440764 tench, Tinca tinca\nn01443537 goldfish\n")
    listing = read_images(tmp_path / "val.txt")
    assert labels(listing) == {"ILSVRC2012_val_00000001.JPEG": "n01443537", "a b.JPEG": "n01440764"}
    assert listing.class_names == ("n01440764", "n01443537")


@pytest.mark.parametrize("name", ["metadata.csv", "metadata.jsonl", "metadata.parquet"])
def test_hugging_faces_metadata_gives_labels_first_and_folders_second(tmp_path: Path, name: str) -> None:
    touch(tmp_path, "train/cat/1.jpg", "train/cat/2.jpg", "test/3.jpg")
    rows = [
        {"file_name": "cat/1.jpg", "label": "lion", "age": 3},
        {"file_name": "cat/2.jpg", "label": None, "age": 4},
        {"file_name": "gone.jpg", "label": "lion", "age": 5},
    ]
    if name.endswith("csv"):
        (tmp_path / "train" / name).write_text("file_name,label,age\ncat/1.jpg,lion,3\ncat/2.jpg,,4\ngone.jpg,lion,5\n")
    elif name.endswith("jsonl"):
        (tmp_path / "train" / name).write_text("\n".join(map(json.dumps, rows)))
    else:
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "train" / name)
    listing = read_images(tmp_path)
    assert labels(listing) == {"test/3.jpg": None, "train/cat/1.jpg": "lion", "train/cat/2.jpg": "cat"}
    assert listing.samples["split"].to_pylist() == ["test", "train", "train"]
    assert listing.samples["age"].to_pylist() == [None, 3, 4]
    assert listing.class_names == ("lion", "cat")
    assert listing.report.format == ("Hugging Face imagefolder: labels from the metadata, else from the folders")
    assert findings(listing)["missing_image"].keys == ("train/gone.jpg",)
    assert "not_an_image" not in findings(listing)


def test_metadata_without_labels_leaves_the_folders_to_speak(tmp_path: Path) -> None:
    touch(tmp_path, "cat/1.jpg", "dog/2.jpg")
    (tmp_path / "metadata.csv").write_text("file_name,camera\ncat/1.jpg,x\n")
    listing = read_images(tmp_path)
    assert labels(listing) == {"cat/1.jpg": "cat", "dog/2.jpg": "dog"}
    assert listing.report.format == "Hugging Face imagefolder: labels from the folders"
    assert listing.samples["camera"].to_pylist() == ["x", None]


def test_metadata_of_several_folders_is_put_together(tmp_path: Path) -> None:
    touch(tmp_path, "train/1.jpg", "test/2.jpg")
    (tmp_path / "train/metadata.csv").write_text("file_name,label\n1.jpg,b\n")
    (tmp_path / "test/metadata.csv").write_text("file_name,label,note\n2.jpg,c,x\n")
    listing = read_images(tmp_path)
    assert labels(listing) == {"test/2.jpg": "c", "train/1.jpg": "b"}
    assert listing.class_names == ("b", "c")
    assert listing.samples["note"].to_pylist() == ["x", None]
