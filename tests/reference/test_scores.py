"""Scores from counts equal scikit-learn's."""

import warnings

import numpy as np
import pytest
from sklearn import metrics

from misnomer.evaluation.score import score


def draw(seed: int, n: int, class_count: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and predictions, some classes never labelled, some never predicted."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, max(1, class_count - 1), n)
    guesses = random.integers(min(1, class_count - 1), class_count, n)
    return labels, np.where(random.random(n) < 0.7, labels, guesses)


CASES = [
    draw(0, 1, 1), draw(1, 1, 3), draw(2, 50, 2), draw(3, 200, 4), draw(4, 5000, 30), draw(5, 3000, 1000),
    draw(6, 500, 20_000),
]  # fmt: skip
PRF = metrics.precision_recall_fscore_support


@pytest.fixture(params=CASES, ids=lambda case: f"{len(case[0])} samples")
def case(request):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of single classes
        yield request.param


def same(value: float) -> object:
    return pytest.approx(value, rel=1e-12, abs=1e-12)


def test_accuracy_and_agreement(case):
    labels, predictions = case
    evaluation = score(labels, predictions)
    assert evaluation.accuracy.value == same(metrics.accuracy_score(labels, predictions))
    assert evaluation.balanced_accuracy.value == same(metrics.balanced_accuracy_score(labels, predictions))
    assert evaluation.matthews_corrcoef.value == same(metrics.matthews_corrcoef(labels, predictions))
    if "cohen_kappa" in evaluation.scores:
        assert evaluation.cohen_kappa.value == same(metrics.cohen_kappa_score(labels, predictions))
    else:
        assert np.isnan(metrics.cohen_kappa_score(labels, predictions))


@pytest.mark.parametrize("mean", ["macro", "weighted"])
def test_means(case, mean):
    evaluation = score(*case)
    expected = PRF(*case, average=mean, zero_division=0)
    for name, value in zip(("precision", "recall", "f1"), expected, strict=False):
        assert evaluation.scores[f"{name}_{mean}"].value == same(value)


def test_classes(case):
    rows = score(*case).classes
    precision, recall, f1, support = PRF(*case, average=None, zero_division=0)
    assert [int(row.name) for row in rows] == np.unique(np.concatenate(case)).tolist()
    assert [row.precision.value for row in rows] == same(precision)
    assert [row.recall.value for row in rows] == same(recall)
    assert [row.f1.value for row in rows] == same(f1)
    assert [row.support for row in rows] == support.tolist()


def test_confusion_matrix(case):
    confusion = score(*case).confusion
    assert np.array_equal(confusion.dense(), metrics.confusion_matrix(*case))


def test_text_scores_like_numbers_of_the_same_order():
    labels, predictions = draw(7, 2000, 50)
    names = np.array([f"class_{index:04d}" for index in range(50)])
    as_text, as_numbers = score(names[labels], names[predictions]), score(labels, predictions)
    assert as_text.scores == as_numbers.scores
    assert as_text.confusion.counts == as_numbers.confusion.counts


def test_a_prediction_counted_wrong_is_a_class_that_no_label_has():
    labels, predictions = draw(8, 300, 5)
    names = list("abcde")
    gaps = [None if index % 7 == 0 else names[value] for index, value in enumerate(predictions)]
    evaluation = score([names[value] for value in labels], gaps, missing="wrong")
    filled = [value or "zzz" for value in gaps]
    text = [names[value] for value in labels]
    assert evaluation.matthews_corrcoef.value == same(metrics.matthews_corrcoef(text, filled))
    assert evaluation.cohen_kappa.value == same(metrics.cohen_kappa_score(text, filled))
    expected = PRF(text, filled, labels=names, average="macro", zero_division=0)
    assert evaluation.precision_macro.value == same(expected[0])
    assert evaluation.f1_macro.value == same(expected[2])
