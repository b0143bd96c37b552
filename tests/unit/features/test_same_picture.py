from dataclasses import replace

import numpy as np
import pytest

from misnomer.features.same_picture import (
    NearestPictures,
    Pictures,
    equal_links,
    links_by_embedding,
    links_by_hash,
    mirrored_links_by_embedding,
    mirrored_links_by_hash,
    near_links,
    possibly_equal,
)


def pictures(*hashes: int, mirrored: tuple[int, ...] = ()) -> Pictures:
    """Those whose mirrored hashes are not given resemble nothing mirrored."""
    count = len(hashes)
    return Pictures(
        np.array(hashes, np.uint64),
        np.array(mirrored or [0xAAAAAAAAAAAAAAAA] * count, np.uint64),
        np.zeros((count, 4)),
        np.full(count, 0.2),
        np.tile([640, 480], (count, 1)),
    )


def pairs(links) -> list[tuple[int, int]]:
    return sorted(zip(links.first.tolist(), links.second.tolist(), strict=True))


def each_nearest_to_the_other(distance: float) -> NearestPictures:
    return NearestPictures(np.arange(2), np.array([[1], [0]]), np.full((2, 1), distance))


def test_pictures_of_other_colours_are_not_linked():
    two = pictures(0b1, 0b11)
    assert pairs(links_by_hash(two)) == [(0, 1)]
    assert pairs(links_by_hash(replace(two, colours=np.array([[0, 0, 0, 0], [0.16, 0, 0, 0]])))) == []


def test_of_one_hash_the_nearest_in_colour_are_linked():
    four = replace(pictures(7, 7, 7, 7), colours=np.array([[0.9] * 4, [0.1] * 4, [0.9] * 4, [0.2] * 4]))
    assert pairs(links_by_hash(four)) == [(0, 2), (1, 3)]


def test_plain_pictures_are_near_to_none_but_may_be_equal():
    plain = replace(pictures(0, 0, 0), contrasts=np.array([0.005, 0.0, np.nan]))
    assert pairs(near_links(plain)) == []
    assert possibly_equal(plain).tolist() == [0, 1, 2]


def test_only_pictures_of_one_size_can_be_equal():
    three = replace(pictures(7, 7, 6), sizes=np.array([[640, 480], [320, 240], [640, 480]]))
    assert possibly_equal(three).tolist() == [0, 2]


def test_equal_pixels_are_linked():
    assert pairs(equal_links(np.array([4, 5, 7, 9]), np.array(["a", "b", "a", "a"]))) == [(4, 7), (7, 9)]


def test_embeddings_link_only_what_the_hashes_do_not_contradict():
    three = pictures(0, 0xFF, 2**64 - 1)
    neighbors = np.array([[1, 2], [0, 2], [0, -1]])
    distances = np.array([[0.05, 0.01], [0.05, 0.25], [0.01, np.nan]])
    nearest = NearestPictures(np.arange(3), neighbors, distances)
    links = links_by_embedding(nearest, three)
    assert (pairs(links), pairs(mirrored_links_by_embedding(nearest, three))) == ([(0, 1)], [])
    assert links.distances == pytest.approx([0.05])


def test_embeddings_less_alike_than_four_fifths_are_not_kept():
    links = links_by_embedding(each_nearest_to_the_other(0.21), pictures(0, 1))
    assert pairs(links) == []


def test_rounding_below_zero_is_distance_zero():
    links = links_by_embedding(each_nearest_to_the_other(-1e-7), pictures(0, 1))
    assert links.distances.tolist() == [0.0]


LEFT, RIGHT = 0xF0F0F0F0F0F0F0F0, 0x0F0F0F0F0F0F0F0F


def test_a_picture_is_linked_to_its_mirrored_copy():
    links = mirrored_links_by_hash(pictures(LEFT, RIGHT ^ 0b101, 0xFFFF, mirrored=(RIGHT, LEFT ^ 0b101, 0xFF00FF)))
    assert (pairs(links), links.distances.tolist()) == ([(0, 1)], [2])


def test_a_mirrored_copy_of_other_colours_or_a_plain_one_is_none():
    two = pictures(LEFT, RIGHT, mirrored=(RIGHT, LEFT))
    assert pairs(mirrored_links_by_hash(replace(two, colours=np.array([[0, 0, 0, 0], [0, 0, 0.16, 0]])))) == []
    assert pairs(mirrored_links_by_hash(replace(two, contrasts=np.array([0.2, 0.005])))) == []


def test_symmetric_pictures_are_near_not_mirrored():
    assert pairs(mirrored_links_by_hash(pictures(LEFT, LEFT, mirrored=(LEFT, LEFT)))) == []


def test_copies_and_mirrored_copies_are_held_together_by_both_kinds_of_links():
    four = pictures(LEFT, LEFT, RIGHT, RIGHT, mirrored=(RIGHT, RIGHT, LEFT, LEFT))
    near, mirrored = near_links(four), mirrored_links_by_hash(four)
    assert pairs(near) == [(0, 1), (2, 3)]
    assert {(first < 2, second < 2) for first, second in pairs(mirrored)} == {(True, False)}


def test_of_mirrored_pictures_the_nearest_in_colour_are_linked():
    four = pictures(LEFT, LEFT, RIGHT, RIGHT, mirrored=(RIGHT, RIGHT, LEFT, LEFT))
    red_blue_red_blue = replace(four, colours=np.array([[0.9, 0, 0, 1], [0, 0, 0.9, 1]] * 2))
    assert pairs(mirrored_links_by_hash(red_blue_red_blue)) == [(0, 2), (1, 3)]


def test_embeddings_link_mirrored_pictures_apart_from_the_others():
    three = pictures(LEFT, RIGHT, LEFT ^ 0xFF, mirrored=(RIGHT, LEFT, RIGHT ^ 0xFF))
    nearest = NearestPictures(np.arange(3), np.array([[1, 2], [0, 2], [0, 1]]), np.full((3, 2), 0.05))
    assert pairs(links_by_embedding(nearest, three)) == [(0, 2)]
    assert pairs(mirrored_links_by_embedding(nearest, three)) == [(0, 1), (1, 2)]
