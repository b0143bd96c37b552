import numpy as np
import pytest

from misnomer.features.embedded_pictures import EmbeddedPictures, without_refuted
from misnomer.features.links import Links


def around(direction: list[float], count: int, spread: float) -> np.ndarray:
    """Unit vectors about a direction of 64 numbers."""
    vectors = np.zeros((count, 64))
    vectors[:, : len(direction)] = direction
    vectors += spread * np.random.default_rng(0).standard_normal(vectors.shape)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


def embedded(vectors: np.ndarray) -> EmbeddedPictures:
    return EmbeddedPictures(vectors, np.arange(len(vectors)))


def each_to_the_next(count: int, bits: float) -> Links:
    return Links.of(np.arange(0, count, 2), np.arange(1, count, 2), np.full(count // 2, bits))


def test_pictures_of_all_kinds_are_taken_as_they_are():
    assert embedded(around([], 5000, 1)).scale == 1


def test_of_pictures_that_are_all_alike_distances_are_brought_to_those_of_all_kinds():
    alike = embedded(around([1], 5000, 0.05))
    pairs = alike.distances(each_to_the_next(5000, 0))
    assert np.mean(pairs) == pytest.approx(0.8, rel=0.1)  # of random pictures, once and again
    assert np.mean(pairs / alike.scale) < 0.15


def test_two_copies_alone_do_not_make_all_pictures_alike():
    vectors = np.repeat(around([], 1, 1), 2, axis=0)
    assert embedded(vectors).scale < 1.05


def test_without_vectors_nothing_is_said():
    nothing = EmbeddedPictures(np.empty((0, 0), np.float16), np.full(4, -1))
    links = each_to_the_next(4, 2)
    assert nothing.scale == 1
    assert np.isnan(nothing.distances(links)).all()
    assert len(without_refuted(links, nothing)) == len(links)


def test_a_link_by_hash_between_different_pictures_is_refuted():
    pictures = around([], 200, 1)
    pictures[1::2] = pictures[::2]
    pictures[1] = pictures[4]  # the hash is wrong once
    kept = without_refuted(each_to_the_next(200, 4), embedded(pictures))
    assert kept.first.tolist() == list(range(2, 200, 2))


def test_where_the_hash_is_wrong_often_only_equal_hashes_are_a_link():
    pictures = around([], 400, 1)
    pictures[1::4] = pictures[::4]  # every other link is right
    some_bits, equal = (each_to_the_next(count, bits) for count, bits in ((400, 4), (8, 0)))
    kept = without_refuted(some_bits + equal, embedded(pictures))
    assert kept.first.tolist() == [0, 4]
    assert kept.distances.tolist() == [0, 0]
