import numpy as np
import pytest

from misnomer.evaluation.trend import departure_p_value, difference_p_value, trend_p_value


def test_a_steady_fall_has_a_small_p_value():
    assert trend_p_value(np.array([45, 40, 30, 20]), np.full(4, 50)) < 1e-6


def test_equal_rates_have_no_trend_and_no_difference():
    assert trend_p_value(np.array([10, 20, 10]), np.array([20, 40, 20])) == pytest.approx(1)
    assert difference_p_value(np.array([10, 20, 10]), np.array([20, 40, 20])) == pytest.approx(1)


def test_a_valley_is_a_difference_without_a_trend():
    successes, trials = np.array([45, 10, 45]), np.full(3, 50)
    assert trend_p_value(successes, trials) == pytest.approx(1)
    assert difference_p_value(successes, trials) < 1e-6


def test_a_straight_line_has_a_trend_and_no_departure_from_it():
    assert departure_p_value(np.array([20, 30, 40]), np.full(3, 50)) == pytest.approx(1)


def test_all_of_a_valleys_difference_is_departure_from_a_trend():
    successes, trials = np.array([45, 10, 45]), np.full(3, 50)
    assert departure_p_value(successes, trials) < 1e-6


def test_two_bins_always_lie_on_a_line():
    assert departure_p_value(np.array([10, 40]), np.array([50, 50])) is None


@pytest.mark.parametrize(
    ("successes", "trials"), [([5], [10]), ([0, 0], [10, 10]), ([10, 10], [10, 10]), ([0, 5], [0, 10]), ([], [])]
)
def test_one_bin_or_one_outcome_has_no_p_value(successes: list[int], trials: list[int]):
    for p_value in (trend_p_value, difference_p_value, departure_p_value):
        assert p_value(np.array(successes, np.int64), np.array(trials, np.int64)) is None
