import numpy as np
import pytest

from misnomer.evaluation.ordered_metric import order_metric
from misnomer.evaluation.within_classes import adjusted_importance


def adjusted(values: np.ndarray, wrong: np.ndarray, labels: np.ndarray) -> float | None:
    metric = order_metric("m", values, len(values))
    return adjusted_importance(metric, wrong[metric.rows], labels)


def confounded(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Red is high for class 0 alone, and class 0 is often wrong; within a class red tells nothing."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, 2000)
    wrong = rng.random(2000) < np.array([0.6, 0.05, 0.1, 0.1])[labels]
    return np.where(labels == 0, 0.8, 0.2) + rng.normal(0, 0.05, 2000), wrong, labels


def test_a_metric_that_only_stands_for_the_class_has_an_adjusted_importance_of_zero_on_average():
    shares = [adjusted(*confounded(seed)) for seed in range(100)]
    assert np.mean(shares) == pytest.approx(0, abs=4 * np.std(shares) / 10)
    assert max(np.abs(shares)) < 0.05


def test_an_effect_within_the_classes_is_kept():
    rng = np.random.default_rng(0)
    labels, values = rng.integers(0, 4, 2000), rng.random(2000)
    assert adjusted(values, rng.random(2000) < values, labels) > 0.1


@pytest.mark.parametrize("wrong_fraction", [0.02, 0.3])
def test_noise_in_small_classes_is_zero_on_average(wrong_fraction: float):
    shares = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        wrong = rng.random(3000) < wrong_fraction
        shares.append(adjusted(rng.normal(size=3000), wrong, rng.integers(0, 100, 3000)))
    assert np.mean(shares) == pytest.approx(0, abs=4 * np.std(shares) / np.sqrt(60))


def test_classes_below_twenty_samples_and_samples_without_label_are_left_out():
    rng = np.random.default_rng(0)
    values, wrong = rng.random(100), rng.random(100) < 0.4
    labels = np.repeat([0, 1, 2, -1], [50, 19, 11, 20])
    assert adjusted(values, wrong, labels) == adjusted(values[:50], wrong[:50], labels[:50])


def test_without_a_class_large_enough_there_is_none():
    assert adjusted(np.arange(10.0), np.arange(10) < 5, np.zeros(10, int)) is None
    assert adjusted(np.arange(30.0), np.arange(30) < 5, np.full(30, -1)) is None
    assert adjusted(np.array([]), np.array([], bool), np.array([], int)) is None


def test_when_nothing_is_uncertain_within_a_class_there_is_none():
    labels = np.repeat([0, 1], 30)
    assert adjusted(np.arange(60.0), labels == 0, labels) is None


def test_a_metric_constant_within_every_class_tells_nothing():
    rng = np.random.default_rng(1)
    labels = np.repeat([0, 1], 100)
    assert adjusted(labels.astype(float), rng.random(200) < 0.3, labels) == pytest.approx(0, abs=1e-12)


def test_class_indices_may_be_large():
    values, wrong, labels = confounded(1)
    assert adjusted(values, wrong, labels * 30_000) == adjusted(values, wrong, labels)
