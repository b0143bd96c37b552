import numpy as np
import pytest

from misnomer.evaluation.calibration import (
    calibration_error,
    calibration_interval,
    equal_mass_bins,
    equal_width_bins,
    reliability_bins,
)


def test_equal_width_bins_are_closed_above_as_in_guo_2017():
    bins = equal_width_bins(np.array([0.0, 0.5, 0.51, 1.0]), np.array([True] * 4), 2)
    assert bins.counts.tolist() == [2, 2]


def test_equal_mass_bins_hold_equally_many():
    confidence = np.linspace(0.5, 1, 12)
    assert equal_mass_bins(confidence, confidence > 0, 4).counts.tolist() == [3, 3, 3, 3]


def test_equal_confidences_are_in_one_bin():
    confidence = np.array([0.5] * 9 + [0.9])
    bins = equal_mass_bins(confidence, confidence > 0, 5)
    assert bins.counts.tolist() == [9, 1]


def test_the_error_is_the_weighted_gap_of_the_bins():
    confidence, right = np.array([0.9, 0.9, 0.6, 0.6]), np.array([True, False, True, True])
    assert calibration_error(equal_width_bins(confidence, right, 10)) == pytest.approx(0.5 * 0.4 + 0.5 * 0.4)


def test_more_bins_than_samples():
    bins = equal_mass_bins(np.array([0.3, 0.7]), np.array([True, False]), 15)
    assert bins.counts.tolist() == [1, 1]


def test_the_interval_of_a_calibrated_model_begins_at_0_and_holds_the_error():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.5, 1, 1000)
    bins = equal_width_bins(confidence, random.random(1000) < confidence, 15)
    (low, high), chance = calibration_interval(bins, 0.95, seed=0)
    assert low == 0
    assert calibration_error(bins) <= min(high, chance)


def test_the_interval_is_seeded():
    confidence = np.random.default_rng(1).uniform(0.5, 1, 200)
    bins = equal_width_bins(confidence, confidence > 0.7, 15)
    assert calibration_interval(bins, 0.95, 3) == calibration_interval(bins, 0.95, 3)


def test_the_reliability_diagram_has_the_bins_that_hold_samples():
    rows = reliability_bins(equal_width_bins(np.array([0.9, 0.95, 0.2]), np.array([True, False, True]), 5), 0.95)
    assert [(row.low, row.sample_count, row.accuracy) for row in rows] == [(0.0, 1, 1.0), (0.8, 2, 0.5)]
    assert rows[1].mean_confidence == pytest.approx(0.925)
