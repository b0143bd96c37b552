"""Closed-form intervals against a bootstrap stratified by label (B = 1,000)."""

import numpy as np
import pytest

from misnomer.evaluation.calibration import (
    calibration_error,
    calibration_interval,
    equal_mass_bins,
    equal_width_bins,
)
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.score import score
from misnomer.evaluation.scores import scores_from_counts

DRAWS = 1000
PER_LABEL = np.array([120, 80, 60, 100])


def draw_set(seed: int, sharpness: float = 1.5) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(4), PER_LABEL)
    logits = random.normal(size=(len(labels), 4))
    logits[np.arange(len(labels)), labels] += 1.2
    exponentials = np.exp(sharpness * logits)
    return labels, exponentials / exponentials.sum(axis=1, keepdims=True)


def resample(random: np.random.Generator) -> np.ndarray:
    """Rows of one bootstrap sample: as many of each label as there are."""
    starts = np.cumsum(PER_LABEL) - PER_LABEL
    return np.concatenate([start + random.integers(0, n, n) for start, n in zip(starts, PER_LABEL, strict=True)])


@pytest.fixture(scope="module")
def set_and_bootstrap():
    labels, probabilities = draw_set(0)
    random = np.random.default_rng(1)
    predictions = probabilities.argmax(axis=1)
    rows = [resample(random) for _ in range(DRAWS)]
    draws: dict[str, list[float]] = {}
    for sampled in rows:
        counts = ConfusionCounts.from_arrays(labels[sampled], predictions[sampled], 4)
        for name, estimate in scores_from_counts(counts, "abcd").scores.items():
            draws.setdefault(name, []).append(estimate.value)
    for sampled in rows[:250]:  # these are slower
        evaluation = score(labels[sampled], probabilities=probabilities[sampled])
        for name in set(evaluation.scores) - set(scores_from_counts(counts, "abcd").scores):
            draws.setdefault(name, []).append(evaluation.scores[name].value)
        for row in evaluation.classes:
            draws.setdefault(f"roc_auc {row.name}", []).append(row.roc_auc.value)
            draws.setdefault(f"average_precision {row.name}", []).append(row.average_precision.value)
    return score(labels, probabilities=probabilities), draws


COUNT_SCORES = (
    "accuracy", "precision_macro", "recall_macro", "f1_macro", "precision_weighted", "f1_weighted",
    "balanced_accuracy", "matthews_corrcoef", "cohen_kappa",
)  # fmt: skip
PROBABILITY_SCORES = ("log_loss", "brier_score", "top_k_accuracy", "roc_auc_ovr", "average_precision_macro")


@pytest.mark.parametrize("name", COUNT_SCORES + PROBABILITY_SCORES)
def test_interval_is_that_of_the_bootstrap(set_and_bootstrap, name):
    evaluation, draws = set_and_bootstrap
    low, high = evaluation.scores[name].interval
    expected_low, expected_high = np.quantile(draws[name], [0.025, 0.975])
    width = expected_high - expected_low
    assert high - low == pytest.approx(width, rel=0.15)
    assert (low, high) == pytest.approx((expected_low, expected_high), abs=0.15 * width)


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("name", ["roc_auc", "average_precision"])
def test_interval_of_a_class_is_that_of_the_bootstrap(set_and_bootstrap, name, index):
    evaluation, draws = set_and_bootstrap
    low, high = getattr(evaluation.classes[index], name).interval
    expected = np.quantile(draws[f"{name} {index}"], [0.025, 0.975])
    assert high - low == pytest.approx(expected[1] - expected[0], rel=0.25)


@pytest.mark.parametrize("bins_of", [equal_width_bins, equal_mass_bins])
def test_interval_of_the_calibration_error_is_the_bootstraps_far_from_calibration(bins_of):
    """Near calibration a bootstrap of an absolute value is no reference: it doubles the bias."""
    labels, probabilities = draw_set(2, sharpness=6)
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    random = np.random.default_rng(3)
    draws = []
    for _ in range(DRAWS):
        rows = resample(random)
        draws.append(calibration_error(bins_of(confidence[rows], right[rows], 15)))
    bias = np.mean(draws) - calibration_error(bins_of(confidence, right, 15))
    expected = np.quantile(draws, [0.025, 0.975]) - 2 * bias
    (low, high), _ = calibration_interval(bins_of(confidence, right, 15), 0.95, seed=0)
    width = expected[1] - expected[0]
    assert (low, high) == pytest.approx(tuple(expected), abs=0.2 * width)
