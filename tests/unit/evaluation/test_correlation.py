import numpy as np
import pytest

from misnomer.evaluation.correlation import adjusted_p_values, correlate
from misnomer.evaluation.ordered_metric import order_metric


def test_a_metric_that_rises_with_the_outcome_correlates_positively():
    correlation = correlate(order_metric("m", np.array([1.0, 2.0, 30.0, 40.0]), 4), np.array([0, 0, 1, 1], bool))
    assert correlation.spearman == pytest.approx(2 / np.sqrt(5))
    assert correlation.pearson > 0.97


def test_the_outcome_itself_correlates_perfectly():
    right = np.array([False] * 5 + [True] * 5)
    correlation = correlate(order_metric("m", right.astype(float), 10), right)
    assert (correlation.spearman, correlation.pearson) == pytest.approx((1.0, 1.0))
    assert correlation.spearman_p_value < 1e-30


def test_very_large_values_do_not_overflow():
    correlation = correlate(order_metric("m", np.array([0.0, 1e300, 2e300]), 3), np.array([0, 1, 1], bool))
    assert correlation.pearson == pytest.approx(np.sqrt(3) / 2)


@pytest.mark.parametrize(
    ("values", "right"),
    [([1.0, 2.0], [0, 1]), ([1.0, 1.0, 1.0], [0, 1, 1]), ([1.0, 2.0, 3.0], [1, 1, 1]), ([], [])],
)
def test_too_few_values_or_a_constant_side_has_no_correlation(values: list[float], right: list[int]):
    assert correlate(order_metric("m", np.array(values), len(values)), np.array(right, bool)) is None


def test_adjusted_p_values_of_nothing_are_nothing():
    assert adjusted_p_values(np.array([])).tolist() == []
