import numpy as np
import pytest

from misnomer.evaluation import slices
from misnomer.evaluation.slices import SliceFeature, worst_slices

RANDOM = np.random.default_rng(0)
COUNT = 4000
CAMERA = RANDOM.integers(0, 3, COUNT)
LIGHT = RANDOM.integers(0, 4, COUNT)
PLACE = RANDOM.integers(0, 10, COUNT)


def features(*codes: np.ndarray) -> list[SliceFeature]:
    return [SliceFeature(one, int(one.max(initial=-1)) + 1) for one in codes]


def right(*bad: np.ndarray) -> np.ndarray:
    """Nine of ten right, where ``bad`` every other."""
    rate = np.where(np.logical_or.reduce(bad), 0.5, 0.9) if bad else np.full(COUNT, 0.9)
    return np.random.default_rng(1).random(COUNT) < rate


def test_a_value_that_makes_the_model_worse_is_found_without_the_pairs_in_it():
    found, tested_count = worst_slices(right(CAMERA == 2), features(CAMERA, LIGHT, PLACE))
    assert [one.parts for one in found] == [((0, 2),)]
    assert found[0].sample_count == np.count_nonzero(CAMERA == 2)
    assert tested_count == 3 + 4 + 10 + 3 * 4 + 3 * 10 + 4 * 10


def test_a_pair_is_found_where_only_both_together_are_worse():
    bad = (CAMERA == 1) & (LIGHT == 3)
    found, _ = worst_slices(right(bad), features(CAMERA, LIGHT))
    pairs = [one for one in found if len(one.parts) == 2]
    assert [one.parts for one in pairs] == [((0, 1), (1, 3))]
    assert pairs[0].sample_count == np.count_nonzero(bad)
    assert pairs[0].wrong_count == np.count_nonzero(~right(bad) & bad)


def test_two_columns_that_say_the_same_are_one_finding():
    found, _ = worst_slices(right(CAMERA == 2), features(CAMERA, CAMERA.copy()))
    assert [one.parts for one in found] == [((0, 2),)]
    assert [one.parts for one in found[0].folded] == [((1, 2),)]


def test_what_is_bad_because_it_is_much_of_two_bad_slices_is_folded_into_one():
    bad = np.isin(CAMERA, [1, 2])
    much_of_both = np.where(PLACE == 0, 0, bad)
    found, _ = worst_slices(right(bad), features(CAMERA, much_of_both.astype(np.int64)))
    assert len(found) == 1
    assert len(found[0].folded) >= 2


def test_a_part_of_a_slice_that_is_worse_than_the_rest_of_it_is_listed_beside_it():
    rate = np.where((CAMERA == 2) & (LIGHT == 0), 0.1, np.where(CAMERA == 2, 0.6, 0.9))
    found, _ = worst_slices(np.random.default_rng(2).random(COUNT) < rate, features(CAMERA, LIGHT))
    assert [one.parts for one in found] == [((0, 2),), ((0, 2), (1, 0))]


def test_slices_with_more_errors_too_many_come_first():
    found, _ = worst_slices(right(CAMERA == 2, PLACE == 4), features(CAMERA, PLACE))
    assert [one.parts for one in found[:2]] == [((0, 2),), ((1, 4),)]


def test_noise_has_no_slices():
    assert worst_slices(right(), features(CAMERA, LIGHT, PLACE))[0] == []


def test_values_that_few_samples_have_are_not_tested():
    rare = np.where(np.arange(COUNT) < 19, 1, 0)
    assert worst_slices(right(rare == 1), features(rare)) == ([], 0)
    assert worst_slices(right(rare == 1), features(rare), minimum_support=19)[1] == 2


def test_missing_values_are_in_no_slice():
    known = np.where(LIGHT == 0, -1, CAMERA)
    found, _ = worst_slices(right(known == 2), features(known))
    assert [one.sample_count for one in found] == [np.count_nonzero((CAMERA == 2) & (LIGHT != 0))]


@pytest.mark.parametrize("outcome", [True, False])
def test_a_model_that_is_always_right_or_always_wrong_has_none(outcome: bool):
    assert worst_slices(np.full(COUNT, outcome), features(CAMERA, LIGHT))[0] == []


def test_no_samples_and_no_features_have_none():
    empty = np.empty(0, np.int64)
    assert worst_slices(np.empty(0, bool), features(empty, empty)) == ([], 0)
    assert worst_slices(right(), []) == ([], 0)


def test_pairs_of_very_many_values_are_counted_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    town = np.random.default_rng(2).integers(-1, 60, COUNT)
    bad = right((PLACE == 3) & (town < 20))
    in_a_table = worst_slices(bad, features(PLACE, town, CAMERA), minimum_support=2)
    monkeypatch.setattr(slices, "_cells", slices._rare_cells)
    assert worst_slices(bad, features(PLACE, town, CAMERA), minimum_support=2) == in_a_table
    monkeypatch.undo()
    monkeypatch.setattr(slices, "_BLOCK_ROWS", 1)  # several blocks
    assert worst_slices(bad, features(PLACE, town, CAMERA), minimum_support=2) == in_a_table


def test_two_columns_of_thousands_of_values_fit_in_memory() -> None:
    owner = np.arange(COUNT) // 2
    assert worst_slices(right(), features(owner, owner[::-1].copy()), minimum_support=2)[1] == 2 * COUNT // 2
