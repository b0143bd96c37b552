import numpy as np
import pytest

from misnomer.evaluation.paired import mcnemar_p_value, paired_difference_interval


def interval(only_first: int, only_second: int, count: int) -> tuple[float, float]:
    low, high = paired_difference_interval(np.array([only_first]), np.array([only_second]), np.array([count]), 0.95)
    return float(low[0]), float(high[0])


def test_without_disagreement_the_interval_is_that_of_z_squared():
    z_squared = 1.959964**2
    assert interval(0, 0, 10) == pytest.approx((-z_squared / (10 + z_squared), z_squared / (10 + z_squared)), abs=1e-6)


def test_models_that_never_agree_differ_by_one_at_most():
    low, high = interval(10, 0, 10)
    assert 0 < low < 1
    assert high == pytest.approx(1)


def test_swapping_the_models_mirrors_the_interval():
    low, high = interval(12, 2, 50)
    assert interval(2, 12, 50) == pytest.approx((-high, -low))


def test_without_samples_there_is_no_interval():
    assert np.isnan(interval(0, 0, 0)).all()


def test_an_interval_excludes_zero_where_mcnemars_score_test_rejects():
    for only_first in range(30):
        for only_second in range(30):
            low, high = interval(only_first, only_second, 80)
            z = abs(only_first - only_second) / max(only_first + only_second, 1) ** 0.5
            assert (low > 0 or high < 0) == (z > 1.959964)


def test_models_that_always_agree_have_p_1():
    assert mcnemar_p_value(np.array([0]), np.array([0])).tolist() == [1.0]


def test_five_to_nothing_is_one_in_sixteen():
    assert mcnemar_p_value(np.array([0, 5]), np.array([5, 0])).tolist() == [0.0625, 0.0625]
