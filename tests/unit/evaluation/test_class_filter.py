import numpy as np
import pytest

from misnomer.errors import UnknownName
from misnomer.evaluation.class_filter import (
    counts_shown,
    membership,
    occurring_classes,
    selected_indices,
    shown,
)
from misnomer.evaluation.counts import ConfusionCounts

#                  right       wrong      no label   no prediction
LABELS = np.array([0, 1, 2, 0, 1, 2, -1, 0])
PREDICTIONS = np.array([0, 1, 2, 1, 0, 1, 0, -1])


def test_selected_classes_come_in_class_order():
    assert selected_indices(["c", "a"], ["a", "b", "c"]).tolist() == [0, 2]


def test_all_classes_are_no_restriction():
    assert selected_indices(["b", "a"], ["a", "b"]) is None
    assert selected_indices(None, ["a", "b"]) is None


def test_an_unknown_class_is_an_error_with_a_suggestion():
    with pytest.raises(UnknownName, match="Did you mean 'cat'"):
        selected_indices(["cta"], ["cat", "dog"])


def test_a_sample_is_shown_by_its_label_or_by_its_prediction():
    is_shown = shown(LABELS, PREDICTIONS, membership([0], 3))
    assert is_shown.tolist() == [True, False, False, True, True, False, True, True]


def test_counts_shown_keep_the_rows_and_columns_of_the_chosen():
    counts = ConfusionCounts.from_matrix(np.array([[5, 1, 2], [3, 6, 4], [7, 8, 9]]))
    assert counts_shown(counts, membership([0], 3)).total == 5 + 1 + 2 + 3 + 7


def test_a_class_occurs_as_a_label_or_as_a_prediction():
    counts = ConfusionCounts.from_arrays(np.array([0, 0]), np.array([0, 2]), 4)
    assert occurring_classes(counts, None).tolist() == [0, 2]
    assert occurring_classes(counts, [1, 2]).tolist() == [2]
