"""Slices that are searched among drawn samples are counted on all of them, and judged by the others."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import fisher_exact

from misnomer.evaluation.slices import (
    DrawnFrom,
    FoundSlice,
    Parts,
    SliceCounts,
    SliceFeature,
    count_slices,
    worst_slices,
)

COUNT = 20_000
RANDOM = np.random.default_rng(0)
CAMERA = RANDOM.integers(0, 3, COUNT)
LIGHT = RANDOM.integers(-1, 5, COUNT)
DRAWN = np.flatnonzero(RANDOM.random(COUNT) < 0.25)


def search(right: np.ndarray, *features: np.ndarray) -> tuple[list[FoundSlice], int]:
    def count(slices: Sequence[Parts]) -> SliceCounts:
        return count_slices(slices, dict(enumerate(features)), ~right)

    drawn_from = DrawnFrom(len(right), int(np.count_nonzero(~right)), count)
    drawn = [SliceFeature(one[DRAWN], int(one.max()) + 1) for one in features]
    return worst_slices(right[DRAWN], drawn, drawn_from=drawn_from)


def right(bad: np.ndarray) -> np.ndarray:
    return np.random.default_rng(1).random(COUNT) < np.where(bad, 0.5, 0.9)


@pytest.mark.parametrize("bad", [CAMERA == 2, (CAMERA == 1) & (LIGHT == 3)])
def test_a_slice_is_counted_on_all_samples(bad: np.ndarray) -> None:
    outcome = right(bad)
    found, _ = search(outcome, CAMERA, LIGHT)
    assert (found[0].sample_count, found[0].wrong_count) == (np.count_nonzero(bad), np.count_nonzero(bad & ~outcome))
    assert len(found) == 1


def test_its_p_value_is_that_of_the_samples_that_were_not_drawn() -> None:
    bad = CAMERA == 2
    outcome = np.random.default_rng(1).random(COUNT) < np.where(bad, 0.87, 0.9)
    (found,), _ = search(outcome, CAMERA)
    others = np.delete(np.arange(COUNT), DRAWN)
    table = [
        [np.count_nonzero((bad == inside)[others] & (outcome == is_right)[others]) for is_right in (False, True)]
        for inside in (True, False)
    ]
    assert found.p_value == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-6)


def test_a_slice_that_is_bad_among_the_drawn_alone_is_none() -> None:
    outcome = np.random.default_rng(1).random(COUNT) < 0.9
    outcome[DRAWN[CAMERA[DRAWN] == 2]] = False
    drawn_alone, _ = worst_slices(outcome[DRAWN], [SliceFeature(CAMERA[DRAWN], 3)])
    assert [one.parts for one in drawn_alone] == [((0, 2),)]
    assert search(outcome, CAMERA, LIGHT)[0] == []


def test_what_follows_from_a_slice_is_folded_into_it() -> None:
    much_of_it = np.where(LIGHT == 0, 0, CAMERA)
    found, _ = search(right(CAMERA == 2), CAMERA, much_of_it)
    assert [one.parts for one in found] == [((0, 2),)]
    assert ((1, 2),) in [one.parts for one in found[0].folded]


def test_slices_are_counted_as_their_conditions_say() -> None:
    wrong = np.random.default_rng(2).random(COUNT - 3) < 0.3
    codes = {0: CAMERA[3:].astype(np.int8), 4: LIGHT[3:]}
    slices: list[Parts] = [((0, 1),), ((0, 2), (4, 0)), ((4, 4),), ((0, 7),)]
    found = count_slices(slices, codes, wrong)
    for row, parts in enumerate(slices):
        alone = [codes[feature] == value for feature, value in parts]
        wanted = [np.logical_and.reduce(alone), alone[0], alone[-1]]
        assert found.counts[row].tolist() == [np.count_nonzero(members) for members in wanted]
        assert found.wrongs[row].tolist() == [np.count_nonzero(members & wrong) for members in wanted]
    assert (found.sample_count, found.wrong_count) == (len(wrong), np.count_nonzero(wrong))


def test_of_no_samples_every_slice_is_empty() -> None:
    found = count_slices([((0, 1),)], {0: np.empty(0, np.int8)}, np.empty(0, bool))
    assert found.counts.tolist() == [[0, 0, 0]]
