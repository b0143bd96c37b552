"""Intervals hold the truth in about 95 of 100 simulated sets."""

import numpy as np
import pytest

from misnomer.evaluation.calibration import calibration_error, calibration_interval, equal_width_bins
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.score import score
from misnomer.evaluation.scores import scores_from_counts


def confused(class_count: int, recall: float) -> np.ndarray:
    """(K, K) probabilities of each prediction, by label."""
    rest = np.random.default_rng(1).dirichlet(np.full(class_count, 0.3), class_count)
    return rest * (1 - recall) + np.eye(class_count) * recall


POKEMON = np.array([[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]])
SETS = {
    "the published example": (POKEMON / POKEMON.sum(axis=1, keepdims=True), POKEMON.sum(axis=1)),
    "10 classes of 30": (confused(10, 0.9), np.full(10, 30)),
    "10 classes of 20, near perfect": (confused(10, 0.99), np.full(10, 20)),
    "3 unequal classes": (confused(3, 0.6), np.array([15, 40, 15])),
}


@pytest.mark.parametrize(("predicted", "support"), SETS.values(), ids=SETS.keys())
def test_scores_from_counts(predicted, support):
    random = np.random.default_rng(0)
    names = [str(index) for index in range(len(support))]
    endless = np.round(support[:, None] * predicted * 1e7).astype(np.int64)
    truth = scores_from_counts(ConfusionCounts.from_matrix(endless), names).scores
    held = dict.fromkeys(truth, 0)
    draws = 600
    for _ in range(draws):
        matrix = np.stack([random.multinomial(n, row) for n, row in zip(support, predicted, strict=True)])
        for name, estimate in scores_from_counts(ConfusionCounts.from_matrix(matrix), names).scores.items():
            low, high = estimate.interval
            held[name] += low <= truth[name].value <= high
    for name, count in held.items():
        assert 0.92 <= count / draws <= 0.985, name


@pytest.mark.parametrize(
    ("class_count", "samples", "recall"), [(100, 5, 0.8), (100, 10, 0.8), (20, 5, 0.5), (4, 5, 0.8)]
)
def test_mean_precision_over_small_classes(class_count, samples, recall):
    """Its bias is of the order of its standard error: 75% of the intervals around the value itself hold the truth."""
    random = np.random.default_rng(0)
    predicted = np.full((class_count, class_count), (1 - recall) / (class_count - 1))
    np.fill_diagonal(predicted, recall)
    names, draws, held = [str(index) for index in range(class_count)], 200, 0
    for matrix in random.multinomial(np.full(class_count, samples), predicted, size=(draws, class_count)):
        low, high = scores_from_counts(ConfusionCounts.from_matrix(matrix), names).scores["precision_macro"].interval
        held += low <= recall <= high  # classes alike: precision = recall
    assert 0.92 <= held / draws <= 0.995


MEANS = ("precision_macro", "recall_macro", "f1_macro", "precision_weighted", "f1_weighted")


def test_means_hold_whether_the_labels_were_fixed_or_came_as_they_came():
    random = np.random.default_rng(0)
    predicted, class_count, draws = confused(100, 0.8), 100, 300
    names = [str(index) for index in range(class_count)]
    truth = scores_from_counts(ConfusionCounts.from_matrix(np.round(predicted * 1e12).astype(np.int64)), names).scores
    held = {(name, design): 0 for name in MEANS for design in ("fixed", "drawn")}
    for _ in range(draws):
        for design in ("fixed", "drawn"):
            support = np.full(class_count, 10)
            if design == "drawn":
                support = random.multinomial(support.sum(), np.full(class_count, 1 / class_count))
            counts = ConfusionCounts.from_matrix(random.multinomial(support, predicted))
            scores = scores_from_counts(counts, names).scores
            for name in MEANS:
                low, high = scores[name].interval
                held[name, design] += low <= truth[name].value <= high
    assert all(0.92 <= count / draws <= 0.997 for count in held.values()), held


def draw_set(random: np.random.Generator, support: np.ndarray, sharpness: float) -> tuple[np.ndarray, np.ndarray]:
    labels = np.repeat(np.arange(len(support)), support)
    logits = random.normal(size=(len(labels), len(support)))
    logits[np.arange(len(labels)), labels] += 1.5
    exponentials = np.exp(sharpness * logits)
    return labels, exponentials / exponentials.sum(axis=1, keepdims=True)


def test_scores_from_probabilities():
    random = np.random.default_rng(2)
    support = np.array([60, 40, 30])
    labels, probabilities = draw_set(random, support * 1000, sharpness=2.5)
    truth = score(labels, probabilities=probabilities)
    names = ("log_loss", "brier_score", "top_k_accuracy", "roc_auc_ovr", "average_precision_macro")
    held = dict.fromkeys((*names, "roc_auc", "average_precision"), 0.0)
    draws = 250
    for _ in range(draws):
        labels, probabilities = draw_set(random, support, sharpness=2.5)
        evaluation = score(labels, probabilities=probabilities)
        for name in names:
            low, high = evaluation.scores[name].interval
            held[name] += low <= truth.scores[name].value <= high
        for name in ("roc_auc", "average_precision"):
            for row, true_row in zip(evaluation.classes, truth.classes, strict=True):
                low, high = getattr(row, name).interval
                held[name] += (low <= getattr(true_row, name).value <= high) / 3
    for name, count in held.items():
        assert 0.92 <= count / draws <= 0.985, name


def test_mean_average_precision_of_few_samples_a_class():
    """Each positive counts itself: of 91 classes of 5 none of 60 intervals around the value alone held the truth."""
    random = np.random.default_rng(4)
    labels, probabilities = draw_set(random, np.full(91, 1000), sharpness=1)
    truth = score(labels, probabilities=probabilities).scores["average_precision_macro"].value
    held, draws = 0, 60
    for _ in range(draws):
        labels, probabilities = draw_set(random, np.full(91, 5), sharpness=1)
        low, high = score(labels, probabilities=probabilities).scores["average_precision_macro"].interval
        held += low <= truth <= high
        assert high - low < 0.2
    assert held / draws >= 0.9


@pytest.mark.parametrize("sharpness", [1.0, 1.5, 3.0])
def test_calibration_error(sharpness):
    """At sharpness 1.5 the model of ``draw_set`` is calibrated, and the truth is next to 0.

    The interval ignores the spread of the confidences within a bin: over 1,500 draws, 92 to 97% hold the truth.
    """
    random = np.random.default_rng(3)

    def draw_bins(support: np.ndarray):
        labels, probabilities = draw_set(random, support, sharpness)
        return equal_width_bins(probabilities.max(axis=1), probabilities.argmax(axis=1) == labels, 15)

    truth = calibration_error(draw_bins(np.full(5, 100_000)))
    draws, held = 300, 0
    for _ in range(draws):
        (low, high), _ = calibration_interval(draw_bins(np.full(5, 200)), 0.95, seed=0)
        held += low <= truth <= high
    assert 0.90 <= held / draws <= 0.99
