import numpy as np
import pytest

from misnomer.evaluation.outliers import fences, outliers


def test_fences_are_multiples_of_the_interquartile_range_beyond_the_quartiles():
    found = outliers(np.array([0.0, 1.0, 2.0, 3.0, 4.0]))
    assert found.quartiles == (1.0, 3.0)
    assert found.moderate_fences == (-2.0, 6.0)
    assert found.severe_fences == (-4.0, 8.0)


def test_a_value_on_a_fence_is_inside():
    values = np.array([-2.0, *np.repeat([1.0, 2.0, 3.0], 100), 6.0, 6.1, 8.0, 8.1])
    found = outliers(values)
    assert values[found.moderate].tolist() == [6.1, 8.0]
    assert values[found.severe].tolist() == [8.1]


def test_an_interquartile_range_of_zero_flags_nothing():
    found = outliers(np.array([1.0] * 99 + [1000.0]))
    assert found.moderate_fences is None
    assert not found.moderate.any()
    assert not found.severe.any()


@pytest.mark.parametrize("values", [[], [np.nan, np.nan]])
def test_no_known_value_has_no_quartiles(values: list[float]):
    found = outliers(np.array(values))
    assert found.quartiles is None
    assert found.severe.tolist() == [False] * len(values)


def test_missing_values_are_never_outliers():
    found = outliers(np.array([np.nan, np.inf, *range(10)]))
    assert not found.severe.any()


def test_fences_alone_are_those_that_the_outliers_lie_beyond():
    values = np.array([np.nan, 0.0, 1.0, 2.0, 3.0, 4.0])
    assert vars(fences(values)).items() <= vars(outliers(values)).items()
    assert fences(values).severe_fences == (-4.0, 8.0)
