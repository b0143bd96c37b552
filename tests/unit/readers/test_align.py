"""Rows and samples: duplicates, leftovers, splits, all in the report."""

import numpy as np
import pyarrow as pa
import pytest

from misnomer.errors import UnknownName
from misnomer.readers.align import Alignment, align_rows
from misnomer.readers.predictions import PredictionFile, read_predictions

CLASSES = ("cat", "dog")
SAMPLES = ["cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/3.jpg"]
LABELS = ["cat", "cat", "dog", "dog"]


def strings(values: list[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, pa.string())])


def read(keys: list[str], predictions: list[str | None], **more: object) -> PredictionFile:
    return read_predictions({"keys": keys, "predictions": predictions, **more}, class_names=CLASSES)


def align(file: PredictionFile, *, splits: list[str | None] | None = None, split: str | None = None) -> Alignment:
    return align_rows(file, strings(SAMPLES), strings(LABELS), strings(splits or [None] * 4), split=split)


def findings(file: PredictionFile) -> dict[str, tuple[str, ...]]:
    return {finding.kind: finding.keys for finding in file.report.findings}


def pairs(alignment: Alignment) -> dict[str, int]:
    return {SAMPLES[s]: int(f) for s, f in zip(alignment.sample_rows, alignment.file_rows, strict=True)}


def test_rows_find_their_samples_whatever_their_order() -> None:
    alignment = align(read(["dog/3.jpg", "cat/1.jpg"], ["dog", "cat"]))
    assert pairs(alignment) == {"cat/1.jpg": 1, "dog/3.jpg": 0}


def test_counts_and_samples_without_prediction_are_reported() -> None:
    file = read(["dog/3.jpg", "cat/1.jpg"], ["dog", "cat"])
    align(file)
    assert file.report.counts == {"rows": 2, "matched": 2}
    assert findings(file) == {"without_prediction": ("cat/2.jpg", "dog/1.jpg")}


def test_keys_without_sample_are_kept_aside_and_reported() -> None:
    file = read([*SAMPLES, "new/9.jpg"], [*LABELS, "dog"])
    alignment = align(file)
    assert alignment.unmatched_rows.tolist() == [4]
    assert findings(file) == {"extra_key": ("new/9.jpg",)}


def test_keys_of_which_none_is_a_samples_are_told_what_such_a_key_is_like() -> None:
    file = read(["a", "b"], ["cat", "dog"])
    align(file)
    (finding,) = (one for one in file.report.findings if one.kind == "extra_key")
    assert finding.detail == "no key of the file is that of a sample, such as 'cat/1.jpg'"


def test_ambiguous_basenames_are_refused_with_an_example() -> None:
    file = read(["1.jpg", "2.jpg"], ["cat", "cat"])
    assert pairs(align(file)) == {"cat/2.jpg": 1}
    (found,) = [finding for finding in file.report.findings if finding.kind == "ambiguous_key"]
    assert found.keys == ("1.jpg",)
    assert found.detail == "'1.jpg' could be 'cat/1.jpg' or 'dog/1.jpg'"


def test_matches_by_suffix_and_stem_are_listed() -> None:
    file = read(["val/cat/1.jpg", "dog/3"], ["cat", "dog"])
    align(file)
    assert findings(file)["matched_by_suffix"] == ("val/cat/1.jpg",)
    assert findings(file)["matched_by_stem"] == ("dog/3",)


def test_equal_duplicates_count_once() -> None:
    file = read(["cat/1.jpg", "cat/1.jpg", "cat/2.jpg"], ["dog", "dog", "cat"])
    assert pairs(align(file)) == {"cat/1.jpg": 0, "cat/2.jpg": 2}
    assert findings(file)["duplicate_key"] == ("cat/1.jpg",)


@pytest.mark.parametrize("confidence", [None, [0.9, 0.8, 0.7]])
def test_contradictory_duplicates_count_not_at_all(confidence: list[float] | None) -> None:
    predictions = ["dog", "cat", "cat"] if confidence is None else ["dog", "dog", "cat"]
    file = read(["cat/1.jpg", "cat/1.jpg", "cat/2.jpg"], predictions, confidence=confidence)
    assert pairs(align(file)) == {"cat/2.jpg": 2}
    assert findings(file)["conflicting_duplicate"] == ("cat/1.jpg", "cat/1.jpg")


def test_rows_of_a_matrix_are_compared_whole() -> None:
    values = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.7, 0.3]])
    keys = ["cat/1.jpg", "cat/1.jpg", "cat/2.jpg", "cat/2.jpg"]
    file = read_predictions({"keys": keys, "probabilities": values, "classes": CLASSES}, class_names=CLASSES)
    assert pairs(align(file)) == {"cat/1.jpg": 0}
    assert findings(file)["duplicate_key"] == ("cat/1.jpg",)
    assert findings(file)["conflicting_duplicate"] == ("cat/2.jpg", "cat/2.jpg")


def test_the_stronger_rule_wins_over_a_weaker_one() -> None:
    file = read(["old/cat/1.jpg", "cat/1.jpg"], ["dog", "cat"])
    assert pairs(align(file)) == {"cat/1.jpg": 1}
    assert findings(file)["duplicate_key"] == ("old/cat/1.jpg",)


def test_duplicate_keys_without_sample_are_kept_aside_once() -> None:
    file = read(["new/1.jpg", "new/1.jpg", "new/2.jpg", "new/2.jpg"], ["cat", "cat", "cat", "dog"])
    assert align(file).unmatched_rows.tolist() == [0]
    assert findings(file)["conflicting_duplicate"] == ("new/2.jpg", "new/2.jpg")


def test_rows_without_key_or_without_class_are_left_out_and_counted() -> None:
    file = read(["cat/1.jpg", "", "cat/2.jpg"], ["cat", "dog", None])
    assert pairs(align(file)) == {"cat/1.jpg": 0}
    assert findings(file)["missing_key"] == ("row 2",)
    assert "cat/2.jpg" in findings(file)["without_prediction"]


def test_a_split_makes_basenames_unique() -> None:
    file = read(["1.jpg"], ["cat"])
    assert pairs(align(file, splits=["val", "val", "train", "train"], split="val")) == {"cat/1.jpg": 0}
    assert findings(file)["without_prediction"] == ("cat/2.jpg",)


def test_samples_of_other_splits_are_left_out_and_not_kept_aside() -> None:
    file = read(SAMPLES, LABELS)
    alignment = align(file, splits=["val", "val", "train", "train"], split="val")
    assert sorted(pairs(alignment)) == ["cat/1.jpg", "cat/2.jpg"]
    assert alignment.unmatched_rows.tolist() == []
    assert findings(file)["extra_key"] == ("dog/1.jpg", "dog/3.jpg")


def test_an_unknown_split_is_an_error() -> None:
    with pytest.raises(UnknownName, match="Unknown split 'vall'"):
        align(read(SAMPLES, LABELS), splits=["val"] * 4, split="vall")
