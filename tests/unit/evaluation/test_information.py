import itertools

import numpy as np
import pytest

from misnomer.evaluation.information import (
    chance_information,
    expected_uncertainty,
    information_share,
    uncertainty,
)

ONE_STRATUM = np.zeros(2, np.int64)


def test_groups_that_separate_right_from_wrong_leave_no_uncertainty():
    assert uncertainty(np.array([50, 0]), np.array([50, 50])).tolist() == [0.0, 0.0]


def test_what_chance_seems_to_tell_is_the_mean_over_every_arrangement():
    whole = uncertainty(np.array(3), np.array(7))
    told = []
    for wrong_rows in itertools.combinations(range(7), 3):
        first = sum(row < 4 for row in wrong_rows)
        told.append(whole - uncertainty(np.array([first, 3 - first]), np.array([4, 3])).sum())
    assert chance_information(np.array([4, 3]), 3) == pytest.approx(np.mean(told), rel=1e-12)


def test_for_large_samples_chance_is_that_of_miller_and_madow():
    assert chance_information(np.full(32, 31_250), 200_000) == pytest.approx(31 / 2, rel=1e-3)


def test_with_few_wrong_samples_chance_is_less_than_that_of_miller_and_madow():
    assert chance_information(np.full(32, 31), 6) < 0.8 * 31 / 2


def test_strata_with_equal_sizes_share_the_computation_and_add_up():
    counts, totals, total_wrong = np.array([4, 3, 3, 4]), np.array([7, 7]), np.array([3, 3])
    by_group = expected_uncertainty(counts, np.array([0, 0, 1, 1]), totals, total_wrong)
    assert by_group[[0, 1]].tolist() == by_group[[3, 2]].tolist()
    left = uncertainty(np.array(3), np.array(7)) - chance_information(np.array([4, 3]), 3)
    assert by_group[:2].sum() == pytest.approx(left)


def test_groups_with_equal_rates_share_less_than_nothing():
    assert information_share(np.array([50, 50]), np.array([10, 10]), ONE_STRATUM) < 0


def test_a_perfect_metric_shares_all_but_the_chance_part():
    share = information_share(np.array([500, 500]), np.array([500, 0]), ONE_STRATUM)
    assert share == pytest.approx(1 - 0.5 / (1000 * np.log(2)), abs=1e-4)


def test_nothing_uncertain_has_no_share():
    assert information_share(np.array([50, 50]), np.array([0, 0]), ONE_STRATUM) is None
    assert information_share(np.array([50, 50]), np.array([50, 0]), np.array([0, 1])) is None
