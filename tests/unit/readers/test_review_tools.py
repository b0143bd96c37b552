"""What labelling and review tools export, written out as they write it."""

import json
from pathlib import Path

import pytest

from misnomer.errors import UnreadableSource
from misnomer.readers.labels import LabelListing, read_labels
from misnomer.readers.report import Finding


def written(folder: Path, text: str) -> Path:
    (folder / "export").write_text(text, encoding="utf-8")
    return folder / "export"


def labels(listing: LabelListing) -> dict[str, str | None]:
    return dict(zip(listing.labels["key"].to_pylist(), listing.labels["label"].to_pylist(), strict=True))


def findings(listing: LabelListing) -> dict[str, Finding]:
    return {finding.kind: finding for finding in listing.report.findings}


def choice(name: str, control: str = "choice") -> dict:  # type: ignore[type-arg]
    return {"id": "x", "type": "choices", "from_name": control, "to_name": "image", "value": {"choices": [name]}}


def task(data: dict, *annotations: dict) -> dict:  # type: ignore[type-arg]
    return {"id": 1, "data": data, "annotations": list(annotations), "predictions": []}


def annotation(*results: dict, cancelled: bool = False) -> dict:  # type: ignore[type-arg]
    return {"id": 7, "result": list(results), "was_cancelled": cancelled, "lead_time": 2.5}


def test_label_studios_json_gives_the_choice_of_each_task(tmp_path: Path) -> None:
    tasks = [
        task({"image": "/data/local-files/?d=cat/a%20b.jpg"}, annotation(choice("dog"))),
        task({"image": "/data/upload/12/0a1b2c3d-x.jpg"}, annotation(choice("två"))),
        task({"image": "s3://bucket/q.jpg", "key": "own/key"}, annotation(choice("cat"))),
        task({"image": "none.jpg"}),
        task({"image": "skipped.jpg"}, annotation(choice("dog"), cancelled=True)),
    ]
    listing = read_labels(written(tmp_path, json.dumps(tasks)))
    assert listing.report.format == "Label Studio, JSON"
    assert labels(listing) == {
        "cat/a b.jpg": "dog",
        "x.jpg": "två",
        "own/key": "cat",
        "none.jpg": None,
        "skipped.jpg": None,
    }


def test_annotators_who_agree_count_once_and_who_do_not_not_at_all(tmp_path: Path) -> None:
    tasks = [
        task({"image": "a.jpg"}, annotation(choice("cat")), annotation(choice("cat"))),
        task({"image": "b.jpg"}, annotation(choice("cat")), annotation(choice("dog"))),
    ]
    listing = read_labels(written(tmp_path, json.dumps(tasks)))
    assert labels(listing) == {"a.jpg": "cat"}
    assert findings(listing)["conflicting_duplicate"].keys == ("b.jpg",)


def test_only_the_control_called_choice_counts_and_without_it_the_only_one(tmp_path: Path) -> None:
    both = annotation(choice("blurred", "quality"), choice("cat"))
    assert labels(read_labels(written(tmp_path, json.dumps([task({"image": "a.jpg"}, both)])))) == {"a.jpg": "cat"}
    other = annotation(choice("cat", "animal"))
    assert labels(read_labels(written(tmp_path, json.dumps([task({"image": "a.jpg"}, other)])))) == {"a.jpg": "cat"}
    two = annotation(choice("blurred", "quality"), choice("cat", "animal"))
    with pytest.raises(UnreadableSource, match="quality, animal"):
        read_labels(written(tmp_path, json.dumps([task({"image": "a.jpg"}, two)])))


def test_label_studios_json_min_and_csv_are_told_by_their_columns(tmp_path: Path) -> None:
    rows = [
        {
            "image": "/data/local-files/?d=a.jpg",
            "reason": "r",
            "label": "dog",
            "key": "a.jpg",
            "id": 4,
            "choice": "cat",
        },
        {"image": "/data/local-files/?d=b.jpg", "reason": "r", "label": "dog", "key": "b.jpg", "id": 5},
    ]
    own = {"annotator": 1, "annotation_id": 9, "created_at": "x", "updated_at": "y", "lead_time": 1.5}
    listing = read_labels(written(tmp_path, json.dumps([row | own for row in rows])))
    assert labels(listing) == {"a.jpg": "cat", "b.jpg": None}
    assert listing.labels.column_names == ["key", "label", "split"]
    text = "annotation_id,annotator,choice,image,lead_time\n9,me@x,CHOICE,/data/upload/1/0a1b2c3d-a.jpg,2\n"
    assert labels(read_labels(written(tmp_path, text.replace("CHOICE", '"dog, wild"')))) == {"a.jpg": "dog, wild"}
    listing = read_labels(written(tmp_path, text.replace("CHOICE", '"{""choices"": [""cat"", ""dog""]}"')))
    assert findings(listing)["multiple_labels"].keys == ("a.jpg",)


CVAT = """<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version>
<meta><task><name>pets</name><labels><label><name>cat</name><type>tag</type></label>
<label><name>dog &amp; co</name></label></labels></task></meta>
<image id="0" name="cat/1.jpg" width="8" height="6"><tag label="dog &amp; co" source="manual"></tag></image>
<image id="1" name="cat/2.jpg" width="8" height="6"><tag label="dog &amp; co" source="auto"></tag></image>
<image id="2" name="c.jpg"><box label="cat" xtl="0" ytl="0" xbr="1" ybr="1"/></image>
<image id="3" name="d.jpg"><tag label="cat"/><tag label="dog &amp; co"/><tag label="cat" source="auto"/></image>
</annotations>
"""


def test_cvats_tags_are_labels_unless_nobody_has_confirmed_them(tmp_path: Path) -> None:
    listing = read_labels(written(tmp_path, CVAT))
    assert labels(listing) == {"cat/1.jpg": "dog & co", "cat/2.jpg": None, "c.jpg": None, "d.jpg": None}
    assert listing.class_names == ("cat", "dog & co")
    assert findings(listing)["unconfirmed_suggestion"].keys == ("cat/2.jpg", "d.jpg")
    assert findings(listing)["multiple_labels"].keys == ("d.jpg",)
    accepted = read_labels(written(tmp_path, CVAT), accept_suggestions=True)
    assert labels(accepted)["cat/2.jpg"] == "dog & co"


@pytest.mark.parametrize(
    "text",
    [
        CVAT[:-30],
        CVAT.replace("<annotations>", '<!DOCTYPE a [<!ENTITY b "c">]><annotations>', 1),
        CVAT.replace(' name="c.jpg"', ""),
        CVAT.replace("dog &amp; co", "&bomb;"),
    ],
)
def test_broken_and_hostile_xml_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableSource, match=r"cannot be read as CVAT's XML|document type"):
        read_labels(written(tmp_path, text))


def test_imagenets_list_may_quote_paths_with_spaces(tmp_path: Path) -> None:
    (tmp_path / "synsets.txt").write_text("cat\ndog, wild\n")
    listing = read_labels(written(tmp_path, 'a.jpg 1\n"b c/d".jpg 0\n'))
    assert labels(listing) == {"a.jpg": "dog, wild", "b c/d.jpg": "cat"}
