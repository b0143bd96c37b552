import numpy as np
import pytest
from scipy.stats import binomtest

from misnomer.evaluation.intervals import (
    effective_wilson_interval,
    normal_quantile,
    stratified_mean_variance,
    wilson_interval,
)


@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (1, 1), (0, 10), (10, 10), (130, 165), (1, 1000)])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.99])
def test_wilson_equals_scipy(successes, trials, level):
    low, high = wilson_interval(np.array([successes]), np.array([trials]), level)
    expected = binomtest(successes, trials).proportion_ci(level, "wilson")
    assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_wilson_without_trials_is_nan():
    low, high = wilson_interval(np.array([0]), np.array([0]), 0.95)
    assert np.isnan(low[0])
    assert np.isnan(high[0])


def test_normal_quantile_of_95_percent():
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)


def test_a_variance_is_worth_as_many_trials_as_a_rate_with_it_has_and_a_perfect_rate_falls_back_on_those_given():
    rates, variances, fallback = np.array([0.3, 1.0]), np.array([0.3 * 0.7 / 50, 0.0]), np.array([1, 20])
    interval = effective_wilson_interval(rates, variances, fallback, 0.95)
    expected = wilson_interval(np.array([15, 20]), np.array([50, 20]), 0.95)
    assert np.array(interval) == pytest.approx(np.array(expected))


def test_stratified_variance_of_a_mean_is_that_of_the_textbook():
    values, labels = np.array([1.0, 3.0, 10.0, 14.0, 12.0]), np.array([0, 0, 1, 1, 1])
    counts, sums = np.bincount(labels), np.bincount(labels, values)
    expected = (2 * np.var([1, 3], ddof=1) + 3 * np.var([10, 14, 12], ddof=1)) / 25
    variance = stratified_mean_variance(counts, sums, np.bincount(labels, values**2), values.mean())
    assert variance == pytest.approx(expected)


def test_labels_of_one_sample_form_one_stratum():
    values = np.array([1.0, 5.0, 9.0])
    variance = stratified_mean_variance(np.ones(3, int), values, values**2, 5.0)
    assert variance == pytest.approx(np.var(values, ddof=1) / 3)


def test_a_single_lonely_label_lends_its_distance_from_the_mean():
    values = np.array([2.0, 2.0, 8.0])
    counts, sums, squares = np.array([2, 1]), np.array([4.0, 8.0]), np.array([8.0, 64.0])
    assert stratified_mean_variance(counts, sums, squares, values.mean()) == pytest.approx(16 / 9)
