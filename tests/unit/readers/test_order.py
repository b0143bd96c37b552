"""Rows without keys and classes without names: confirmed by the labels, or refused."""

import numpy as np
import pyarrow as pa
import pytest

from misnomer.errors import LengthMismatch, UnverifiedOrder
from misnomer.readers.align import Alignment, align_rows
from misnomer.readers.predictions import PredictionFile, read_predictions

CLASSES = ("bird", "cat", "dog", "fish")
COUNT = 200
RANDOM = np.random.default_rng(0)
LABELS = np.sort(RANDOM.integers(0, 4, COUNT))
RIGHT = RANDOM.random(COUNT) < 0.7
PREDICTED = np.where(RIGHT, LABELS, RANDOM.integers(0, 4, COUNT))
PROBABILITIES = np.full((COUNT, 4), 0.1) + 0.6 * (PREDICTED[:, None] == np.arange(4))
KEYS = [f"{CLASSES[label]}/{i}.jpg" for i, label in enumerate(LABELS)]


def align(
    source: object,
    *,
    labels: list[str | None] | None = None,
    splits: list[str | None] | None = None,
    split: str | None = None,
    classes_file: object = None,
) -> tuple[PredictionFile, Alignment]:
    file = read_predictions(source, class_names=CLASSES, classes_file=classes_file)  # type: ignore[arg-type]
    columns = (KEYS, labels or [CLASSES[label] for label in LABELS], splits or [None] * COUNT)
    return file, align_rows(file, *(pa.chunked_array([pa.array(c, pa.string())]) for c in columns), split=split)


def details(file: PredictionFile) -> str:
    return " ".join(finding.detail for finding in file.report.findings)


def test_rows_in_the_order_of_the_samples_are_confirmed_and_said() -> None:
    file, alignment = align(PROBABILITIES)
    assert (alignment.sample_rows == alignment.file_rows).all()
    assert "rows without keys taken in the order of the samples, which the labels (top-1 accuracy" in details(file)


def test_shuffled_rows_are_refused() -> None:
    with pytest.raises(UnverifiedOrder, match="the order of rows"):
        align(PROBABILITIES[RANDOM.permutation(COUNT)])


def test_a_constant_prediction_confirms_no_order() -> None:
    with pytest.raises(UnverifiedOrder):
        align(np.tile([0.7, 0.1, 0.1, 0.1], (COUNT, 1)))


def test_a_few_rows_are_no_evidence() -> None:
    splits: list[str | None] = ["val"] * 4 + ["train"] * (COUNT - 4)
    with pytest.raises(UnverifiedOrder):
        align(PROBABILITIES[:4], splits=splits, split="val")


def test_without_labels_no_order_is_confirmed() -> None:
    with pytest.raises(UnverifiedOrder, match="without labels"):
        align(PROBABILITIES, labels=[None] * COUNT)


def test_another_number_of_rows_is_a_length_mismatch_that_lists_the_splits() -> None:
    splits: list[str | None] = ["val"] * 150 + ["train"] * 50
    with pytest.raises(
        LengthMismatch, match="has 7 rows and no keys, but there are 200 samples, 50 in 'train', 150 in 'val'"
    ):
        align(PROBABILITIES[:7], splits=splits)


def test_the_only_split_with_as_many_samples_is_meant() -> None:
    splits: list[str | None] = ["val", "train", "train", "train"] * 50
    file, alignment = align(PROBABILITIES[::4], splits=splits)
    assert alignment.sample_rows.tolist() == list(range(0, COUNT, 4))
    assert "the split 'val'" in details(file)


def test_two_splits_with_as_many_samples_have_to_be_told_apart() -> None:
    splits: list[str | None] = ["val", "train"] * 100
    with pytest.raises(UnverifiedOrder, match="several splits have 100 samples: train, val"):
        align(PROBABILITIES[::2], splits=splits)
    _, alignment = align(PROBABILITIES[::2], splits=splits, split="val")
    assert alignment.sample_rows.tolist() == list(range(0, COUNT, 2))


def test_the_labels_in_the_file_confirm_the_order_of_a_useless_model() -> None:
    constant = np.tile([0.7, 0.1, 0.1, 0.1], (COUNT, 1))
    file, _ = align({"predictions": constant, "label_ids": LABELS})
    assert "which its own labels confirm" in details(file)


def test_other_labels_in_the_file_refute_the_order() -> None:
    with pytest.raises(UnverifiedOrder, match="its own labels are those of the samples in only"):
        align({"predictions": PROBABILITIES, "label_ids": LABELS[::-1]})


@pytest.mark.parametrize("with_keys", [True, False])
def test_columns_in_another_order_are_refused_by_name(with_keys: bool) -> None:
    source = {"probabilities": PROBABILITIES[:, [1, 0, 2, 3]], "keys": KEYS if with_keys else None}
    with pytest.raises(UnverifiedOrder, match="the place of 'bird' holds 'cat', of 'cat' holds 'bird'"):
        align(source)


def test_columns_named_by_a_classes_file_are_taken_at_their_word() -> None:
    file, _ = align(
        {"probabilities": PROBABILITIES[:, [1, 0, 2, 3]], "keys": KEYS}, classes_file=["cat", "bird", "dog", "fish"]
    )
    assert file.matrix is not None
    assert file.matrix.class_names == ("cat", "bird", "dog", "fish")


def test_indices_that_count_from_one_are_refused() -> None:
    with pytest.raises(UnverifiedOrder, match="another order"):
        align({"index": PREDICTED + 1, "keys": KEYS})


def test_a_model_that_has_collapsed_to_one_class_is_no_evidence_against_the_columns() -> None:
    constant = np.tile([0.1, 0.1, 0.1, 0.7], (COUNT, 1))
    _, alignment = align({"probabilities": constant, "keys": KEYS})
    assert len(alignment.sample_rows) == COUNT


def test_a_model_that_takes_one_class_for_another_is_not_refused() -> None:
    confused = np.where(LABELS == 0, 1, LABELS)
    _, alignment = align({"index": confused, "keys": KEYS})
    assert len(alignment.sample_rows) == COUNT


def test_a_weak_model_with_keys_is_not_refused() -> None:
    _, alignment = align({"index": RANDOM.integers(0, 4, COUNT), "keys": KEYS})
    assert len(alignment.sample_rows) == COUNT


def test_without_labels_unnamed_columns_with_keys_are_taken_as_they_are() -> None:
    file, _ = align({"probabilities": PROBABILITIES, "keys": KEYS}, labels=[None] * COUNT)
    assert "columns without class names taken as the project's classes" in details(file)
