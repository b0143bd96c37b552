"""Every shape in which tools write predictions gives the same predictions."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from misnomer.readers.join import join_keys
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
    ranked,
)


def read(tmp_path: Path, text: str, **options: object) -> PredictionFile:
    (tmp_path / "predictions").write_text(text, encoding="utf-8", newline="")
    return read_predictions(tmp_path / "predictions", class_names=CLASSES, **options)  # type: ignore[arg-type]


def sample_rows(file: PredictionFile) -> list[int]:
    assert file.keys is not None
    found = join_keys(file.keys, pa.chunked_array([pa.array(KEYS)])).sample_rows
    return [int(row) for row in found]


def full(file: PredictionFile) -> np.ndarray:
    """The matrix with its columns in the order of the classes."""
    assert file.matrix is not None
    values = np.concatenate(list(file.matrix.chunks()))
    return values[:, [file.matrix.class_names.index(name) for name in CLASSES]]


@pytest.mark.parametrize("shape", ONE_CLASS)
def test_one_class_a_row(shape: str, tmp_path: Path) -> None:
    file = read(tmp_path, ONE_CLASS[shape])
    assert file.predictions is not None
    assert sample_rows(file) == [0, 1, 2, 3]
    assert file.predictions.to_pylist() == PREDICTIONS
    assert file.confidence is not None
    assert file.confidence.to_pylist() == CONFIDENCE


@pytest.mark.parametrize("shape", ALL_CLASSES)
def test_a_number_for_every_class(shape: str, tmp_path: Path) -> None:
    file = read(tmp_path, ALL_CLASSES[shape])
    assert sample_rows(file) == [0, 1, 2, 3]
    assert file.matrix is not None
    assert file.matrix.kind == "probabilities"
    np.testing.assert_array_equal(full(file), PROBABILITIES)


@pytest.mark.parametrize("text", [json.dumps(ranked(3)), "\n".join(json.dumps(r) for r in ranked(3))])
def test_a_pipeline_without_keys_is_in_order(text: str, tmp_path: Path) -> None:
    file = read(tmp_path, text)
    assert file.keys is None
    np.testing.assert_array_equal(full(file), PROBABILITIES)


@pytest.mark.parametrize("shape", [*ONE_CLASS, *ALL_CLASSES])
def test_the_report_says_what_was_recognised(shape: str, tmp_path: Path) -> None:
    file = read(tmp_path, {**ONE_CLASS, **ALL_CLASSES}[shape])
    assert file.report.format
    assert "keys in" in file.report.format
    assert file.report.source.endswith("predictions")
    assert file.report.content == "predictions"


def test_indices_and_unnamed_columns_are_known_by_position_and_said(tmp_path: Path) -> None:
    by_position = [ONE_CLASS["indices"], ALL_CLASSES["counted columns"], ALL_CLASSES["timm --topk 0"]]
    for text in by_position:
        file = read(tmp_path, text)
        assert file.classes_by_position
        assert any(finding.kind == "converted" for finding in file.report.findings)
    assert not read(tmp_path, ONE_CLASS["names"]).classes_by_position
    assert not read(tmp_path, ALL_CLASSES["one column per class"]).classes_by_position


def test_a_classes_file_says_what_positions_mean(tmp_path: Path) -> None:
    (tmp_path / "classes.txt").write_text("dog\ncat\npolar bear\n")
    file = read(tmp_path, ONE_CLASS["indices"], classes_file=tmp_path / "classes.txt")
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["dog", "cat", "cat", "polar bear"]
    assert not file.classes_by_position


def test_numbers_that_are_class_names_are_names(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(lines("path,prediction", KEYS, [3, 1, 1, 2]))
    file = read_predictions(tmp_path / "p.csv", class_names=["1", "2", "3"])
    assert file.predictions is not None
    assert file.predictions.to_pylist() == ["3", "1", "1", "2"]
    assert not file.report.findings


def test_columns_called_by_numbers_are_classes_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(lines("path,2,1,3", KEYS, *PROBABILITIES.T))
    file = read_predictions(tmp_path / "p.csv", class_names=["1", "2", "3"])
    assert file.matrix is not None
    assert file.matrix.class_names == ("2", "1", "3")
    assert not file.classes_by_position


def test_the_own_label_beside_a_prediction_is_not_taken_for_it(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,label,prediction", KEYS, ["dog"] * 4, PREDICTIONS))
    assert file.predictions is not None
    assert file.predictions.to_pylist() == PREDICTIONS
    (finding,) = file.report.findings
    assert (finding.kind, finding.count, finding.keys) == ("ignored_label", 4, ("label",))
    assert "add-labels" in finding.detail


def test_columns_that_are_nothing_are_listed(tmp_path: Path) -> None:
    file = read(tmp_path, lines("path,cat,dog,polar bear,camera,iso", KEYS, *PROBABILITIES.T, ["x"] * 4, [100] * 4))
    np.testing.assert_array_equal(full(file), PROBABILITIES)
    assert [(f.kind, f.keys) for f in file.report.findings] == [("ignored_column", ("camera", "iso"))]


def test_the_logit_of_one_class_is_no_confidence(tmp_path: Path) -> None:
    file = read(tmp_path, lines("filename,label,logit", KEYS, PREDICTIONS, [3.5, 2.5, 1.5, 9.5]))
    assert file.confidence is None
    assert [(f.kind, f.keys) for f in file.report.findings] == [("ignored_column", ("logit",))]


def test_a_class_that_no_label_has_is_kept_where_few_rows_need_it(tmp_path: Path) -> None:
    fox = np.array([0.0, 0.0, 0.0, 0.9])
    columns = [(1 - fox) * column for column in PROBABILITIES.T]
    file = read(tmp_path, lines("path,cat,dog,polar bear,fox", KEYS, *columns, fox))
    assert file.matrix is not None
    assert file.matrix.class_names == ("cat", "dog", "polar bear", "fox")


def test_more_classes_than_the_labels_know_are_kept(tmp_path: Path) -> None:
    columns = [0.5 * PROBABILITIES[:, 0], *PROBABILITIES.T[1:], 0.5 * PROBABILITIES[:, 0]]
    file = read(tmp_path, lines("path,cat,dog,polar bear,fox", KEYS, *columns))
    assert file.matrix is not None
    assert file.matrix.class_names == ("cat", "dog", "polar bear", "fox")
    assert ("unknown_class", ("fox",)) in [(f.kind, f.keys) for f in file.report.findings]
