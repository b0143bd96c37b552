"""The most similar rows to one or several vectors, counted by hand."""

import numpy as np
import pytest

from misnomer.features.neighbors.query import most_similar

ANGLES = np.radians([0, 10, 40, 90, 180])
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float16)


def test_nearest_first_with_their_distances() -> None:
    rows, distances, nearest = most_similar(CIRCLE, CIRCLE[:1], np.arange(5), 3)
    assert rows.tolist() == [0, 1, 2]
    np.testing.assert_allclose(distances, 1 - np.cos(np.radians([0, 10, 40])), atol=1e-3)
    assert nearest.tolist() == [0, 0, 0]


def test_of_several_queries_the_nearest_counts() -> None:
    rows, _, nearest = most_similar(CIRCLE, CIRCLE[[0, 3]], np.array([1, 2, 4]), 3)
    assert rows.tolist() == [1, 2, 4]
    assert nearest.tolist() == [0, 0, 1]


def test_only_rows_among_those_given_are_found() -> None:
    assert most_similar(CIRCLE, CIRCLE[:1], np.array([3, 4]), 9)[0].tolist() == [3, 4]
    assert most_similar(CIRCLE, CIRCLE[:1], np.empty(0, np.int64), 9)[0].tolist() == []


def test_many_blocks_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0).standard_normal((500, 8))
    vectors = (random / np.linalg.norm(random, axis=1, keepdims=True)).astype(np.float16)
    whole = most_similar(vectors, vectors[:3], np.arange(500), 12)
    monkeypatch.setattr("misnomer.features.neighbors.query._BLOCK_ROWS", 37)
    blocked = most_similar(vectors, vectors[:3], np.arange(500), 12)
    assert blocked[0].tolist() == whole[0].tolist()
    exact = vectors.astype(float) @ vectors[:3].astype(float).T
    assert set(whole[0].tolist()) == set(np.argsort(-exact.max(axis=1))[:12].tolist())


@pytest.mark.parametrize("query_count", [1, 3])
def test_surveying_first_finds_what_comparing_all_finds(query_count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1).standard_normal((3000, 6))
    vectors = (random / np.linalg.norm(random, axis=1, keepdims=True)).astype(np.float16)
    vectors[7::200] = vectors[7]  # equally near ones
    queries = vectors[5 : 5 + query_count]
    for among in (np.arange(3000), np.delete(np.arange(3000), [5, 6, 7, 900]), np.arange(0, 3000, 7)):
        whole = most_similar(vectors, queries, among, 40)
        with monkeypatch.context() as surveying:
            surveying.setattr("misnomer.features.neighbors.query._BLOCK_ROWS", 100)
            surveying.setattr("misnomer.features.neighbors.query._SURVEYED_ROWS", 30)
            surveying.setattr("misnomer.features.neighbors.halves._EXTENT_BYTES", 12 * 500)
            surveyed = most_similar(vectors, queries, among, 40)
        assert np.array_equal(whole[0], surveyed[0])
        np.testing.assert_allclose(whole[1], surveyed[1], atol=2e-6)
