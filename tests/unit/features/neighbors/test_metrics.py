"""Votes, uniqueness and outlier factors counted by hand."""

import numpy as np
import pytest

from misnomer.features.neighbors.metrics import local_outlier_factor, uniqueness, votes
from misnomer.features.neighbors.others import nearest_others

NONE = -1
NAN = np.nan


def test_the_share_that_bears_the_own_label_and_the_majority() -> None:
    rows = np.array([[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]], np.int32)
    voted = votes(rows, np.array([7, 7, 5, 7], np.int32))
    np.testing.assert_allclose(voted.share, [2 / 3, 2 / 3, 0, 2 / 3])
    assert voted.majority.tolist() == [7, 7, 7, 7]
    np.testing.assert_allclose(voted.majority_share, [2 / 3, 2 / 3, 1, 2 / 3])


def test_of_equally_common_labels_the_nearest_is_the_majority() -> None:
    voted = votes(np.array([[2, 1], [0, 2], [0, 1]], np.int32), np.array([0, 1, 2], np.int32))
    assert voted.majority.tolist() == [2, 0, 0]


def test_neighbors_without_a_label_do_not_vote() -> None:
    rows = np.array([[1, 2, 3], [2, 3, NONE], [3, NONE, NONE], [2, NONE, NONE]], np.int32)
    voted = votes(rows, np.array([4, 4, NONE, NONE], np.int32))
    np.testing.assert_array_equal(voted.share, [1, NAN, NAN, NAN])
    assert voted.counted.tolist() == [1, 0, 0, 0]
    assert voted.majority.tolist() == [4, NONE, NONE, NONE]


def test_a_thousand_classes_and_no_rows() -> None:
    rows = np.array([[(row + step) % 1000 for step in range(1, 11)] for row in range(1000)], np.int32)
    assert votes(rows, np.arange(1000, dtype=np.int32)).share.tolist() == [0] * 1000
    assert votes(np.empty((0, 10), np.int32), np.empty(0, np.int32)).share.shape == (0,)


def test_copies_are_not_unique_and_a_lonely_image_is_unknown() -> None:
    distances = np.array([[0.3], [0.2], [NAN]], np.float32)
    others = np.array([[1], [0], [NONE]], np.int32), distances
    np.testing.assert_allclose(uniqueness(others, np.array([False, True, False])), [0.3, 0, NAN])


def test_all_at_one_distance_have_the_factor_one() -> None:
    rows = np.array([[1, 2], [0, 2], [0, 1]], np.int32)
    np.testing.assert_allclose(local_outlier_factor((rows, np.full((3, 2), 0.5, np.float32))), 1)
    np.testing.assert_allclose(local_outlier_factor((rows, np.zeros((3, 2), np.float32))), 1)


def test_without_others_the_factor_is_unknown() -> None:
    lonely = np.full((1, 2), NONE, np.int32), np.full((1, 2), NAN, np.float32)
    assert np.isnan(local_outlier_factor(lonely)).all()
    assert local_outlier_factor((np.empty((0, 2), np.int32), np.empty((0, 2), np.float32))).shape == (0,)


def on_a_circle(degrees: list[float]) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float16)


def test_members_of_the_own_group_are_left_out() -> None:
    rows = np.array([[1, 2, 3], [0, 2, 3], [1, 0, 3], [2, 1, 0]], np.int32)
    distances = np.array([[0.1, 0.2, 0.3]] * 4, np.float32)
    found = nearest_others(on_a_circle([0, 1, 20, 40]), (rows, distances), np.array([5, 5, NONE, NONE]), 2)
    assert found[0].tolist() == [[2, 3], [2, 3], [1, 0], [2, 1]]
    np.testing.assert_allclose(found[1][0], [0.2, 0.3])


@pytest.mark.parametrize("copies", [4, 30])
def test_a_group_that_fills_the_list_is_searched_again(copies: int) -> None:
    vectors = on_a_circle([0] * copies + [20, 50, 90])
    rows = np.array([[(row + 1) % copies, (row + 2) % copies] for row in range(copies)] + [[0, 1]] * 3, np.int32)
    groups = np.array([3] * copies + [NONE] * 3)
    found = nearest_others(vectors, (rows, np.zeros(rows.shape, np.float32)), groups, 2)
    assert found[0][:copies].tolist() == [[copies, copies + 1]] * copies
    np.testing.assert_allclose(found[1][0], 1 - np.cos(np.radians([20, 50])), atol=1e-3)
