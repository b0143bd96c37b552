import numpy as np
import pytest

from misnomer.features.links import components
from misnomer.features.near_hashes import near_hashes


def brute_force_groups(hashes: np.ndarray, distance: int) -> list[frozenset[int]]:
    """Groups by comparing all with all."""
    near = np.bitwise_count(hashes[:, None] ^ hashes[None]) <= distance
    groups: list[frozenset[int]] = []
    unseen = set(range(len(hashes)))
    while unseen:
        group, front = set(), {min(unseen)}
        while front:
            group |= front
            front = {int(j) for i in front for j in np.flatnonzero(near[i])} - group
        groups.append(frozenset(group))
        unseen -= group
    return sorted(groups, key=min)


def groups_of(links, count: int) -> list[frozenset[int]]:
    labels = components(links, count)
    return sorted((frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels.tolist())), key=min)


def planted(seed: int) -> np.ndarray:
    """Random hashes, some a few bits from others, some equal."""
    random = np.random.default_rng(seed)
    hashes = random.integers(0, 2**64, 150, dtype=np.uint64)
    for _ in range(250):
        copy = hashes[random.integers(len(hashes))]
        for bit in random.choice(64, random.integers(0, 8), replace=False):
            copy ^= np.uint64(1) << np.uint64(bit)
        hashes = np.append(hashes, copy)
    return hashes


@pytest.mark.parametrize("seed", range(5))
def test_groups_at_every_distance_are_those_of_comparing_all_with_all(seed: int):
    hashes = planted(seed)
    links = near_hashes(hashes, 4)
    for distance in range(5):
        assert groups_of(links.within(distance), len(hashes)) == brute_force_groups(hashes, distance)


def test_links_are_a_forest_with_true_distances():
    hashes = planted(7)
    links = near_hashes(hashes, 4)
    assert np.array_equal(links.distances, np.bitwise_count(hashes[links.first] ^ hashes[links.second]))
    assert len(links) == len(hashes) - len(groups_of(links, len(hashes)))


def test_equal_hashes_are_linked_one_to_the_next():
    links = near_hashes(np.array([5, 9 << 40, 5, 5], np.uint64), 0)
    assert sorted(zip(links.first.tolist(), links.second.tolist(), strict=True)) == [(0, 2), (2, 3)]


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_linked_to_itself(count: int):
    assert len(near_hashes(np.zeros(count, np.uint64), 4)) == 0


def test_a_hundred_thousand_equal_hashes_are_one_group():
    links = near_hashes(np.zeros(100_000, np.uint64), 4)
    assert len(links) == 99_999


def test_more_alike_hashes_than_are_compared_still_make_one_group():
    hashes = np.random.default_rng(0).permutation(np.arange(3000, dtype=np.uint64))
    assert len(groups_of(near_hashes(hashes, 4), len(hashes))) == 1
