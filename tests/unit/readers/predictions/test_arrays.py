"""Arrays by name, from files and from Python."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from misnomer.errors import InputError, InvalidProbabilities, LengthMismatch, UnreadableSource
from misnomer.readers.predictions import read_predictions
from tests.unit.readers.predictions.shapes import CLASSES, CONFIDENCE, INDICES, KEYS, PREDICTIONS, PROBABILITIES


@pytest.mark.parametrize("name", ["probabilities", "probs", "pred_probs", "y_score", "anything"])
@pytest.mark.parametrize("keys", ["keys", "filenames", "paths"])
@pytest.mark.parametrize("classes", ["classes", "class_names"])
def test_names_say_what_arrays_are(name: str, keys: str, classes: str, tmp_path: Path) -> None:
    order = [2, 0, 1]
    names = np.array(CLASSES)[order]
    np.savez(tmp_path / "p.npz", **{name: PROBABILITIES[:, order], keys: np.array(KEYS), classes: names})
    file = read_predictions(tmp_path / "p.npz", class_names=CLASSES)
    assert file.keys is not None
    assert file.keys.to_pylist() == list(KEYS)
    assert file.matrix is not None
    assert file.matrix.class_names == tuple(names)
    np.testing.assert_array_equal(file.matrix.rows(np.arange(4)), PROBABILITIES[:, order])
    assert not file.classes_by_position
    assert not file.report.findings


@pytest.mark.parametrize(
    "predictions",
    [
        PREDICTIONS,
        np.array(PREDICTIONS),
        np.array(PREDICTIONS, dtype="S"),
        np.array(PREDICTIONS, dtype=object),
        pd.Series(PREDICTIONS),
        pa.array(PREDICTIONS),
        INDICES,
        np.array(INDICES, dtype="i1"),
        np.array(INDICES, dtype="f4"),
    ],
)
def test_one_class_a_row_as_names_or_indices(predictions: object) -> None:
    file = read_predictions({"keys": KEYS, "y_pred": predictions, "confidence": CONFIDENCE}, class_names=CLASSES)
    assert file.predictions is not None
    assert file.predictions.to_pylist() == PREDICTIONS
    assert file.confidence is not None
    assert file.confidence.to_pylist() == CONFIDENCE


def test_a_bare_array_is_in_order() -> None:
    file = read_predictions(PROBABILITIES, class_names=CLASSES)
    assert file.keys is None
    assert file.classes_by_position


def test_a_data_frame_and_an_arrow_table_are_tables() -> None:
    columns = {"path": list(KEYS), "prediction": PREDICTIONS}
    for source in (pd.DataFrame(columns), pa.table(columns)):
        file = read_predictions(source, class_names=CLASSES)
        assert file.predictions is not None
        assert file.predictions.to_pylist() == PREDICTIONS


def test_arrays_that_are_not_used_are_listed() -> None:
    source = {"keys": KEYS, "probs": PROBABILITIES, "y_pred": INDICES, "features": np.ones((4, 7)), "y_true": INDICES}
    file = read_predictions(source, class_names=CLASSES)
    found = {finding.kind: finding.keys for finding in file.report.findings}
    assert found["ignored_column"] == ("y_pred", "features")
    assert found["ignored_label"] == ("y_true",)


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        ({"keys": KEYS[:3], "probs": PROBABILITIES}, LengthMismatch, "4 predictions, but 3 values in 'keys'"),
        ({"probs": PROBABILITIES[:, :2]}, LengthMismatch, "2 columns without class names, but 3 classes"),
        ({"a": PROBABILITIES, "b": PROBABILITIES}, InputError, "several matrices"),
        ({"keys": KEYS}, InputError, "no array of predictions"),
        (np.ones((2, 2, 2)), InputError, "no array of predictions"),
        (np.array([0.2, 0.7]), InvalidProbabilities, "one number a row"),
        (np.array([{}, {}]), InputError, "no plain array"),
        (np.empty((0, 3)), UnreadableSource, "has no rows"),
        (np.full((4, 3), np.nan), InvalidProbabilities, "NaN"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(source: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        read_predictions(source, class_names=CLASSES)


def test_class_names_in_the_file_that_are_other_classes_are_reported() -> None:
    source = {"keys": KEYS, "probs": PROBABILITIES, "classes": ["Cat", "dog", "fox"]}
    file = read_predictions(source, class_names=CLASSES)
    assert file.matrix is not None
    assert file.matrix.class_names == ("cat", "dog", "fox")
    found = {finding.kind: finding.keys for finding in file.report.findings}
    assert found == {"similar_class": ("'Cat' read as 'cat'",), "unknown_class": ("fox",)}
