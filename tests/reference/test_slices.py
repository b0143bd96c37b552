"""The p-values of slices are Fisher's, and noise is found to be noise."""

from functools import partial

import numpy as np
import pytest
from scipy.stats import fisher_exact

from misnomer.evaluation.slices import DrawnFrom, SliceFeature, count_slices, fisher_p_values, worst_slices


def test_p_values_are_those_of_fishers_exact_test():
    random = np.random.default_rng(0)
    for _ in range(200):
        total = int(random.integers(40, 3000))
        total_wrong = int(random.integers(1, total))
        count = int(random.integers(1, total))
        wrong = int(random.integers(max(0, total_wrong + count - total), min(count, total_wrong) + 1))
        (p_value,) = fisher_p_values(np.array([wrong]), np.array([count]), total_wrong, total)
        table = [[wrong, count - wrong], [total_wrong - wrong, total - count - total_wrong + wrong]]
        expected = fisher_exact(table, alternative="greater").pvalue
        if p_value < 1:
            assert p_value == pytest.approx(expected, rel=1e-6, abs=1e-300)
        else:
            assert expected > 0.05  # less than a standard error worse


def noise(seed: int, accuracy: float) -> tuple[np.ndarray, list[SliceFeature]]:
    random = np.random.default_rng(seed)
    features = [SliceFeature(random.integers(0, 5, 800), 5) for _ in range(5)]
    features.append(SliceFeature(random.integers(0, 8, 800), 8))
    return random.random(800) < accuracy, features


@pytest.mark.parametrize("accuracy", [0.6, 0.95])
def test_of_a_hundred_sets_of_noise_hardly_any_has_a_slice(accuracy: float):
    false_alarms = sum(bool(worst_slices(*noise(seed, accuracy))[0]) for seed in range(100))
    assert false_alarms <= 9  # 5% are allowed; more than 9 of 100 would be so in 2% of such tests


@pytest.mark.parametrize("accuracy", [0.6, 0.95])
def test_nor_has_noise_that_is_searched_in_part_and_judged_by_the_rest(accuracy: float):
    false_alarms = 0
    for seed in range(100):
        right, features = noise(seed, accuracy)
        codes = {number: feature.codes for number, feature in enumerate(features)}
        everyone = DrawnFrom(
            len(right), int(np.count_nonzero(~right)), partial(count_slices, codes=codes, wrong=~right)
        )
        drawn = [SliceFeature(feature.codes[:300], feature.value_count) for feature in features]
        false_alarms += bool(worst_slices(right[:300], drawn, drawn_from=everyone)[0])
    assert false_alarms <= 9
