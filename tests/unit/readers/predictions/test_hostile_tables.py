"""Tables as they should not be: the same numbers as the clean file, or a line in the report."""

from pathlib import Path

import numpy as np
import pytest

from misnomer.errors import InputError, LengthMismatch, UnreadableSource
from misnomer.readers.predictions import PredictionFile, read_predictions
from tests.unit.readers.predictions.shapes import (
    ALL_CLASSES,
    CLASSES,
    CONFIDENCE,
    KEYS,
    ONE_CLASS,
    PREDICTIONS,
    PROBABILITIES,
    lines,
)

CLEAN = ONE_CLASS["names"]


def read(tmp_path: Path, content: str | bytes, *, classes: tuple[str, ...] = CLASSES) -> PredictionFile:
    (tmp_path / "p.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_predictions(tmp_path / "p.csv", class_names=classes)


def findings(file: PredictionFile) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(finding.kind, finding.count, finding.keys) for finding in file.report.findings]


@pytest.mark.parametrize(
    "content",
    [
        ("\ufeff" + CLEAN).encode(),
        CLEAN.encode("utf-16"),
        CLEAN.replace("\n", "\r\n").encode(),
        CLEAN.replace(",", ";").encode(),
        CLEAN.replace(",", "\t").encode(),
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in CLEAN.splitlines()).encode(),
        CLEAN.replace(",", " , ").encode(),
        CLEAN.rstrip("\n").encode(),
    ],
)
def test_the_notation_of_a_table_does_not_matter(content: bytes, tmp_path: Path) -> None:
    file = read(tmp_path, content)
    assert file.keys is not None
    assert file.predictions is not None
    assert file.confidence is not None
    assert [key.strip() for key in file.keys.to_pylist()] == list(KEYS)
    assert file.predictions.to_pylist() == PREDICTIONS
    assert file.confidence.to_pylist() == CONFIDENCE
    assert findings(file) == []


def test_unknown_classes_are_kept_and_named(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,prediction", KEYS, ["cat", "fox", "fox", "wolf"]))
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["cat", "fox", "fox", "wolf"]
    assert findings(file) == [("unknown_class", 3, ("fox", "wolf"))]


def test_an_index_without_class_is_no_prediction(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,index", KEYS, [0, 1, 3, -1]))
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["cat", "dog", None, None]
    assert ("unknown_class", 2, ("-1", "3")) in findings(file)


def test_case_and_spaces_of_class_names_are_bridged_and_said(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,prediction", KEYS, ["Cat", "DOG ", "dog", "PolarBear"]))
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["cat", "dog", "dog", "polar bear"]
    assert findings(file) == [
        ("similar_class", 3, ("'Cat' read as 'cat'", "'DOG' read as 'dog'", "'PolarBear' read as 'polar bear'"))
    ]


def test_confidences_outside_0_to_1_are_emptied_and_listed(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,prediction,confidence", KEYS, PREDICTIONS, [1.7, -0.5, "NaN", 1.0]))
    assert file.confidence is not None
    assert file.confidence.to_pylist() == [None, None, None, 1.0]
    assert findings(file) == [("invalid_confidence", 3, KEYS[:3])]
    assert file.report.findings[0].detail == "2 outside, such as 1.7; 1 empty or NaN"


def test_confidences_that_are_no_numbers_are_reported(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,prediction,confidence", KEYS, PREDICTIONS, ["high", 0.5, 0.75, 0.625]))
    assert file.confidence is not None
    assert file.confidence.to_pylist() == [None, *CONFIDENCE[1:]]
    assert ("invalid_value", 1, ("confidence",)) in findings(file)


def test_a_class_called_none_is_a_class(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,prediction", KEYS, ["None", "cat", "cat", ""]), classes=("None", "cat"))
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["None", "cat", "cat", None]


def test_cells_without_number_are_nan_and_reported(tmp_path: Path) -> None:
    columns = PROBABILITIES.astype(object).T.copy()
    columns[1, 2], columns[0, 3] = "?", ""
    file = read(tmp_path, lines("path,cat,dog,polar bear", KEYS, *columns))
    assert file.matrix is not None
    values = np.concatenate(list(file.matrix.chunks()))
    assert np.argwhere(np.isnan(values)).tolist() == [[2, 1], [3, 0]]
    assert ("invalid_value", 1, ("dog",)) in findings(file)


def test_rows_with_too_many_cells_are_listed_and_the_others_read(tmp_path: Path) -> None:
    file = read(tmp_path, CLEAN.replace("dog/1.jpg,", "dog/1.jpg,x,"))
    assert file.row_count == 3
    assert ("invalid_row", 1, ("row 4",)) in findings(file)


def test_a_column_that_occurs_twice_is_reported(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,cat,dog,polar bear,cat", KEYS, *PROBABILITIES.T, PROBABILITIES[:, 0]))
    assert file.matrix is not None
    assert len(file.matrix.class_names) == len(set(file.matrix.class_names))
    assert {kind for kind, _, _ in findings(file)} >= {"converted"}


def test_the_annotations_of_several_models_are_refused(tmp_path: Path) -> None:
    text = lines("file_path_abs,class_name,annotation_source", KEYS, PREDICTIONS, ["a", "b", "a", "a"])
    with pytest.raises(InputError, match="the annotations of 2 sources: a, b"):
        read(tmp_path, text)


@pytest.mark.parametrize("text", ["path,prediction\n", "path,label_count\n1.jpg,3\n", "path\n1.jpg\n"])
def test_a_table_without_predictions_says_so(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"has no (rows|column of predictions)"):
        read(tmp_path, text)


@pytest.mark.parametrize("shape", ["counted columns", "timm --topk 0", "timm --topk 0 in columns", "numbers by key"])
def test_unnamed_columns_of_another_number_are_refused(shape: str, tmp_path: Path) -> None:
    with pytest.raises(LengthMismatch, match="3 columns without class names, but 4 classes") as caught:
        read(tmp_path, ALL_CLASSES[shape], classes=("cow", "hen", "pig", "ox"))
    assert "classes file" in caught.value.hint


def test_lists_that_do_not_fit_are_listed(tmp_path: Path) -> None:
    text = lines("path|label|prob", KEYS, ["['cat' 'dog']"] * 4, ["[0.9 0.1]"] * 3 + ["[0.9]"], separator="|")
    file = read(tmp_path, text)
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["cat", "cat", "cat", None]
    assert ("invalid_row", 1, (KEYS[3],)) in findings(file)


@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"\xff\xd8\xff\xe0", b"PK\x03\x04", b'{"a": ', b"[[", b"[]"])
def test_what_is_no_table_is_an_error_with_a_hint(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert caught.value.hint


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="does not exist"):
        read_predictions(tmp_path / "none.csv", class_names=CLASSES)
