"""Scores from probabilities equal scikit-learn's; calibration equals its definition written as a loop."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn import metrics

from misnomer.evaluation.score import score

TOP_K = {2: 1, 3: 2, 10: 5, 200: 5}


def draw(seed: int, n: int, class_count: int, decimals: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Labels (every class occurs) and probabilities; rounded ones have ties, zeros and sums slightly off 1."""
    random = np.random.default_rng(seed)
    labels = np.append(np.arange(class_count), random.integers(0, class_count, n - class_count))
    logits = random.normal(size=(n, class_count))
    logits[np.arange(n), labels] += 1.5
    exponentials = np.exp(2 * logits)
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    if decimals is not None:
        probabilities = np.round(probabilities, decimals)
        probabilities[:, 0] = np.maximum(0, 1 - probabilities[:, 1:].sum(axis=1))
        probabilities /= probabilities.sum(axis=1, keepdims=True)
    return labels, probabilities


CASES = {
    "2 classes": draw(0, 100, 2),
    "3 classes, ties": draw(1, 300, 3, decimals=1),
    "10 classes": draw(2, 500, 10),
    "10 classes, ties": draw(3, 400, 10, decimals=1),
    "200 classes": draw(4, 1000, 200),
}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param


def same(value: float) -> object:
    return pytest.approx(value, rel=1e-12, abs=1e-12)


def test_log_loss_brier_score_and_top_k(case):
    labels, probabilities = case
    class_count = probabilities.shape[1]
    evaluation = score(labels, probabilities=probabilities)
    assert evaluation.log_loss.value == same(metrics.log_loss(labels, probabilities))
    assert evaluation.brier_score.value == same(metrics.brier_score_loss(labels, probabilities))
    if class_count > 2:  # for two, scikit-learn takes a vector
        top_k = metrics.top_k_accuracy_score(labels, probabilities, k=TOP_K[class_count])
        assert evaluation.top_k_accuracy.value == same(top_k)


def test_roc_auc_and_average_precision(case):
    labels, probabilities = case
    evaluation = score(labels, probabilities=probabilities)
    one_hot = labels[:, None] == np.arange(probabilities.shape[1])
    areas = metrics.roc_auc_score(one_hot, probabilities, average=None)
    precisions = metrics.average_precision_score(one_hot, probabilities, average=None)
    assert [row.roc_auc.value for row in evaluation.classes] == same(areas)
    assert [row.average_precision.value for row in evaluation.classes] == same(precisions)
    assert evaluation.roc_auc_ovr.value == same(areas.mean())
    assert evaluation.average_precision_macro.value == same(precisions.mean())


def test_roc_auc_is_scikit_learns_multiclass_one():
    labels, probabilities = CASES["10 classes"]
    expected = metrics.roc_auc_score(labels, probabilities, multi_class="ovr")
    assert score(labels, probabilities=probabilities).roc_auc_ovr.value == same(expected)


def test_half_precision_scores_as_the_doubles_it_stands_for():
    labels, probabilities = CASES["10 classes"]
    halves = probabilities.astype(np.float16)
    evaluation = score(labels, probabilities=halves)
    doubles = halves.astype(np.float64)
    clipped = np.clip(doubles[np.arange(len(labels)), labels], np.finfo(float).eps, 1 - np.finfo(float).eps)
    assert evaluation.log_loss.value == same(-np.log(clipped).mean())
    expected = metrics.roc_auc_score(labels[:, None] == np.arange(10), doubles)
    assert evaluation.roc_auc_ovr.value == same(expected)


def test_calibration_error_by_the_definition_of_guo_2017(case):
    labels, probabilities = case
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    edges = np.linspace(0, 1, 16)
    expected = 0.0
    for low, high in pairwise(edges):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            expected += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    evaluation = score(labels, probabilities=probabilities)
    assert evaluation.expected_calibration_error.value == same(expected)


def test_equal_mass_calibration_error_by_the_definition_of_nixon_2019():
    labels, probabilities = draw(9, 450, 4)  # 15 bins of 30, no ties
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bins = np.argsort(confidence).reshape(15, 30)
    expected = np.mean([abs(right[rows].mean() - confidence[rows].mean()) for rows in bins])
    evaluation = score(labels, probabilities=probabilities)
    assert evaluation.expected_calibration_error_equal_mass.value == same(expected)
