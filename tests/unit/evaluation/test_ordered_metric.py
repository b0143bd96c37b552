import numpy as np
import pytest

from misnomer.errors import LengthMismatch
from misnomer.evaluation.ordered_metric import order_metric


def test_missing_values_are_left_out_and_rows_say_which_samples_remain():
    metric = order_metric("m", np.array([3.0, np.nan, 1.0, np.inf, 2.0]), 5)
    assert metric.values.tolist() == [1.0, 2.0, 3.0]
    assert metric.rows.tolist() == [2, 4, 0]


def test_runs_are_equal_values():
    metric = order_metric("m", np.array([2.0, 1.0, 2.0, 2.0]), 4)
    assert metric.run_starts.tolist() == [0, 1]
    assert metric.run_lengths.tolist() == [1, 3]


def test_whole_numbers_are_accepted():
    assert order_metric("m", np.array([5, 4]), 2).values.tolist() == [4.0, 5.0]


def test_no_samples_have_no_runs():
    assert order_metric("m", np.array([]), 0).run_starts.tolist() == []


def test_a_wrong_length_is_refused_with_both_lengths():
    with pytest.raises(LengthMismatch, match=r"2 values of the metric 'red' but 3 samples"):
        order_metric("red", np.array([1.0, 2.0]), 3)
