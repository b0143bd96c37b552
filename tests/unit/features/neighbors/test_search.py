"""Neighbours in the cases at the edge: nothing, one, fewer than wanted, all alike."""

import numpy as np

from misnomer.features.neighbors.search import can_extend, extend_neighbors, find_neighbors
from misnomer.features.neighbors.top import largest

ANGLES = np.radians([0, 10, 30, 90])
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float16)


def test_nearest_first_without_itself() -> None:
    rows, distances = find_neighbors(CIRCLE, k=3)
    assert rows.tolist() == [[1, 2, 3], [0, 2, 3], [1, 0, 3], [2, 1, 0]]
    np.testing.assert_allclose(distances[0], 1 - np.cos(np.radians([10, 30, 90])), atol=1e-3)


def test_fewer_others_than_wanted_leave_places_empty() -> None:
    rows, distances = find_neighbors(CIRCLE[:2], k=3)
    assert rows.tolist() == [[1, -1, -1], [0, -1, -1]]
    assert np.isnan(distances[:, 1:]).all()


def test_one_image_has_no_neighbors_and_none_is_no_error() -> None:
    assert find_neighbors(CIRCLE[:1], k=2)[0].tolist() == [[-1, -1]]
    assert find_neighbors(CIRCLE[:0], k=2)[0].shape == (0, 2)


def test_equal_vectors_are_at_distance_zero_and_none_is_its_own_neighbor() -> None:
    rows, distances = find_neighbors(np.repeat(CIRCLE[1:2], 5, axis=0), k=3)
    assert all(row not in found and len(set(found)) == 3 for row, found in enumerate(rows.tolist()))
    np.testing.assert_allclose(distances, 0, atol=1e-6)


def test_opposite_vectors_are_at_distance_two() -> None:
    np.testing.assert_allclose(find_neighbors(np.array([[1, 0], [-1, 0]], np.float16), k=1)[1], [[2], [2]])


def test_progress_ends_with_everything() -> None:
    told: list[int] = []
    find_neighbors(CIRCLE, k=1, tell=told.append)
    assert told[-1] == 4


def test_extending_by_nothing_changes_nothing() -> None:
    found = find_neighbors(CIRCLE, k=2)
    assert extend_neighbors(CIRCLE, np.arange(4), found)[0].tolist() == found[0].tolist()


def test_what_is_added_has_the_neighbors_that_a_new_search_finds() -> None:
    vectors = np.random.default_rng(0).standard_normal((3000, 16))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
    known = np.flatnonzero(np.arange(3000) % 7)
    extended = extend_neighbors(vectors, known, find_neighbors(vectors[known], k=12))
    anew = find_neighbors(vectors, k=12)
    assert (extended[0] == anew[0]).mean() > 0.999  # but for others at one distance
    np.testing.assert_allclose(extended[1], anew[1], atol=1e-6)


def test_a_few_thousand_images_are_added_to_a_million_without_a_new_search() -> None:
    assert can_extend(1_000_000, 5_000)
    assert not can_extend(1_000_000, 50_000)
    assert not can_extend(0, 10)


def test_the_largest_are_found_whatever_the_width() -> None:
    random = np.random.default_rng(0)
    for width in (5, 64, 3000, 5000):
        values = random.integers(0, 40, (7, width)).astype(np.float32)
        found = np.take_along_axis(values, largest(values, 5), axis=1)
        assert found.tolist() == (-np.sort(-values, axis=1)[:, :5]).tolist()
    assert largest(np.array([[1, 3, 3, 2]], np.float32), 3).tolist() == [[1, 2, 3]]
