import numpy as np
import pytest

from misnomer.evaluation.duplicates import Groups, copies_within, differs_within, group_duplicates


def groups(links: list[tuple[int, int, bool]], areas: list[int]) -> Groups:
    first, second, exact = (
        (np.array(column) for column in zip(*links, strict=True)) if links else (np.empty(0, int),) * 3
    )
    return group_duplicates(first, second, exact.astype(bool), np.zeros(len(first), bool), np.array(areas))


def listed(found: Groups) -> list[list[int]]:
    return [found.members[low:high].tolist() for low, high in zip(found.starts[:-1], found.starts[1:], strict=True)]


def test_linked_samples_are_one_group_and_the_largest_is_kept():
    found = groups([(0, 1, True), (1, 2, False), (3, 4, True)], [10, 20, 20, 5, 5, 99])
    assert listed(found) == [[1, 0, 2], [3, 4]]
    assert found.exact.tolist() == [False, True]
    assert found.is_kept.tolist() == [True, False, False, True, False]
    assert found.of_member.tolist() == [0, 0, 0, 1, 1]


def test_a_group_is_exact_only_when_equal_pixels_alone_hold_it_together():
    assert groups([(0, 1, True), (1, 2, False), (0, 2, True)], [1, 1, 1]).exact.tolist() == [True]
    assert groups([(0, 1, True), (2, 3, True), (1, 2, False)], [1] * 4).exact.tolist() == [False]


def test_a_group_is_mirrored_when_it_would_fall_apart_without_mirrored_links():
    first, second, mirrored = np.array([0, 1, 3, 3, 4]), np.array([1, 2, 4, 5, 5]), np.array([0, 1, 0, 0, 1], bool)
    found = group_duplicates(first, second, np.zeros(5, bool), mirrored, np.ones(6, int))
    assert listed(found) == [[0, 1, 2], [3, 4, 5]]
    assert found.mirrored.tolist() == [True, False]


def test_no_links_make_no_groups():
    assert listed(groups([], [])) == []
    assert listed(groups([], [5, 5])) == []
    assert differs_within(groups([], []), np.empty(0, np.int64)).tolist() == []


def test_groups_can_be_chosen_and_ordered():
    found = groups([(0, 1, True), (2, 3, False), (4, 5, True)], [1] * 6)
    assert listed(found.of(np.array([2, 0]))) == [[4, 5], [0, 1]]
    assert listed(found.of(np.array([], np.int64))) == []


def test_only_known_values_contradict_each_other():
    found = groups([(0, 1, True), (2, 3, True), (4, 5, True), (6, 7, True)], [1] * 8)
    assert differs_within(found, np.array([1, 1, 1, 2, -1, 2, -1, -1])).tolist() == [False, True, False, False]


def test_a_spanning_forest_counts_the_copies_at_every_threshold():
    first, second = np.array([0, 1, 0, 3]), np.array([1, 2, 2, 4])
    distances = np.array([0.0, 0.1, 0.2, 0.15])
    counts = copies_within(first, second, distances, np.array([0.0, 0.1, 0.2]), 5)
    assert counts.tolist() == [1, 2, 3]


@pytest.mark.parametrize("seed", range(3))
def test_the_count_of_copies_is_that_of_the_groups(seed: int):
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 40, (2, 60))
    distances = random.random(60)
    for threshold in (0.1, 0.5, 0.9):
        near = distances <= threshold
        found = group_duplicates(first[near], second[near], *np.zeros((2, near.sum()), bool), np.ones(40))
        copied = len(found.members) - len(found.sizes)
        assert copies_within(first, second, distances, np.array([threshold]), 40).tolist() == [copied]
