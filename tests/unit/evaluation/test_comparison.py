import numpy as np
import pytest

from misnomer.errors import UnknownName
from misnomer.evaluation.comparison import compare

LABELS = np.array([0, 0, 0, 1, 1, 2])
A = np.array([0, 0, 1, 1, 0, 2])
B = np.array([0, 1, 1, 1, 1, 0])
NAMES = ["cat", "dog", "eel"]


def test_samples_are_counted_by_who_is_right():
    found = compare(LABELS, A, B, NAMES, names=("a", "b"))
    assert (found.both_right, found.only_a_right, found.only_b_right, found.both_wrong) == (2, 2, 1, 1)
    assert found.difference is not None
    assert found.difference.value == pytest.approx(4 / 6 - 3 / 6)
    assert found.scores["accuracy"].a.value == pytest.approx(4 / 6)
    assert found.scores["accuracy"].b.value == pytest.approx(3 / 6)


def test_classes_come_by_the_size_of_their_difference():
    found = compare(LABELS, A, B, NAMES, names=("a", "b"))
    assert [(row.name, row.difference.value) for row in found.classes] == [
        ("eel", 1.0),
        ("dog", -0.5),
        ("cat", pytest.approx(1 / 3)),
    ]


def test_a_class_filter_counts_the_labels_in_it():
    found = compare(LABELS, A, B, NAMES, names=("a", "b"), selected=["dog"])
    assert found.sample_count == 2
    assert [row.name for row in found.classes] == ["dog"]
    assert found.scores["accuracy"].b.value == 1.0
    with pytest.raises(UnknownName):
        compare(LABELS, A, B, NAMES, names=("a", "b"), selected=["dgo"])


def test_a_missing_prediction_is_wrong():
    found = compare(np.array([0, 0]), np.array([0, -1]), np.array([-1, 0]), NAMES, names=("a", "b"))
    assert (found.only_a_right, found.only_b_right) == (1, 1)
    assert found.p_value == 1.0


def test_no_sample_gives_no_difference():
    empty = np.array([], np.int32)
    found = compare(empty, empty, empty, NAMES, names=("a", "b"), left_out_count=3)
    assert found.difference is None
    assert found.sentence == "No sample has a label and a prediction of both models."
    assert len(found.classes) == 0


def test_the_sentence_names_the_better_model_or_says_that_none_is():
    labels = np.zeros(100, np.int32)
    worse = np.repeat([0, 1], [60, 40])
    assert compare(labels, worse, labels, NAMES, names=("a", "b")).sentence.startswith("b is right more often than a")
    assert compare(labels, labels, worse, NAMES, names=("a", "b")).sentence.startswith("a is right more often than b")
    assert "cannot be told apart" in compare(labels, labels, labels, NAMES, names=("a", "b")).sentence


def test_a_thousand_classes():
    random = np.random.default_rng(0)
    labels = random.integers(0, 1000, 20_000)
    found = compare(labels, labels, (labels + 1) % 1000, [str(k) for k in range(1000)], names=("a", "b"))
    assert found.only_a_right == 20_000
    assert {row.difference.value for row in found.classes} == {1.0}
