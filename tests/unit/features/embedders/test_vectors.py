"""Vectors of length 1; what has no direction is told."""

import numpy as np

from misnomer.features.embedders.vectors import unit_vectors


def test_a_vector_keeps_its_direction() -> None:
    units, has_direction = unit_vectors(np.array([[3.0, 4.0], [0.0, -2.0]]))
    assert units.dtype == np.float16
    np.testing.assert_allclose(units, [[0.6, 0.8], [0, -1]], atol=5e-4)
    assert has_direction.tolist() == [True, True]


def test_zero_nan_and_infinity_have_no_direction() -> None:
    units, has_direction = unit_vectors(np.array([[0, 0], [np.nan, 1], [np.inf, 1], [1, 0]]))
    assert has_direction.tolist() == [False, False, False, True]
    assert units[:3].tolist() == [[0, 0]] * 3


def test_huge_and_tiny_vectors_do_not_overflow() -> None:
    units, has_direction = unit_vectors(np.array([[1e300, 1e300], [1e-300, 0]]))
    np.testing.assert_allclose(units, [[0.7071, 0.7071], [1, 0]], atol=5e-4)
    assert has_direction.all()


def test_whole_numbers_and_no_rows() -> None:
    assert unit_vectors(np.array([[2, 0]], np.uint8))[0].tolist() == [[1, 0]]
    assert unit_vectors(np.empty((0, 5)))[0].shape == (0, 5)
