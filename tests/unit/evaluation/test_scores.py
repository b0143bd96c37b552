import numpy as np
import pytest

from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.scores import COUNT_SCORES, class_scores, scores_from_counts

NAMES = ("charmander", "mewtwo", "pikachu", "squirtle")
# The published example: rows = label, columns = prediction.
POKEMON = ConfusionCounts.from_matrix(np.array([[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]]))


def values(counts, names, selected=None):
    return {name: score.value for name, score in scores_from_counts(counts, names, selected).scores.items()}


def test_the_published_example():
    scores = values(POKEMON, NAMES)
    assert scores["accuracy"] == pytest.approx(0.7879, abs=5e-5)
    assert scores["precision_macro"] == pytest.approx(0.7942, abs=5e-5)
    assert scores["recall_macro"] == pytest.approx(0.7990, abs=5e-5)
    assert scores["f1_macro"] == pytest.approx(0.7873, abs=5e-5)


def test_the_published_example_by_class():
    rows = class_scores(POKEMON, NAMES)
    assert [row.precision.value for row in rows] == pytest.approx([0.881, 0.857, 0.578, 0.861], abs=5e-4)
    assert [row.recall.value for row in rows] == pytest.approx([0.698, 0.947, 0.8125, 0.738], abs=5e-4)
    assert [row.f1.value for row in rows] == pytest.approx([0.779, 0.900, 0.675, 0.795], abs=5e-4)


def test_a_class_filter_changes_no_class_of_its_own():
    filtered = class_scores(POKEMON, NAMES, [0, 2])
    assert list(filtered) == [class_scores(POKEMON, NAMES)[index] for index in (0, 2)]


def test_scores_under_a_class_filter():
    scores = values(POKEMON, NAMES, [0, 2])
    assert scores["accuracy"] == pytest.approx((37 + 26) / (53 + 32))
    assert scores["precision_macro"] == pytest.approx((37 / 42 + 26 / 45) / 2)
    assert scores["precision_weighted"] == pytest.approx((53 * 37 / 42 + 32 * 26 / 45) / 85)
    assert scores["balanced_accuracy"] == pytest.approx((37 / 53 + 26 / 32) / 2)


def test_agreement_is_not_available_under_a_class_filter_and_says_why():
    scores = scores_from_counts(POKEMON, NAMES, [0, 2])
    assert "matthews_corrcoef" not in scores.scores
    assert "class filter" in scores.not_available["matthews_corrcoef"]


def test_a_class_never_predicted_counts_as_precision_0_and_is_named():
    scores = scores_from_counts(ConfusionCounts.from_matrix(np.array([[2, 0], [1, 0]])), ["cat", "dog"])
    assert scores.scores["precision_macro"].value == pytest.approx(1 / 3)
    assert "Precision counts as 0 for 1 class that is never predicted: dog." in scores.notes


def test_a_class_never_labelled_is_in_the_means_but_not_in_the_balanced_accuracy():
    scores = scores_from_counts(ConfusionCounts.from_matrix(np.array([[2, 1], [0, 0]])), ["cat", "dog"])
    assert scores.scores["recall_macro"].value == pytest.approx(1 / 3)
    assert scores.scores["balanced_accuracy"].value == pytest.approx(2 / 3)
    assert "Recall counts as 0 for 1 class that is never a label: dog." in scores.notes


def test_a_class_that_does_not_occur_is_in_no_mean():
    sparse = ConfusionCounts.from_triples(np.array([0, 9]), np.array([0, 0]), np.array([3, 1]), class_count=10)
    assert values(sparse, "abcdefghij")["recall_macro"] == 0.5


def test_no_interval_collapses_at_100_percent():
    perfect = ConfusionCounts.from_matrix(np.diag([5, 10, 20]))
    for name, score in scores_from_counts(perfect, "abc").scores.items():
        assert score.value == 1, name
        assert score.interval[0] < 0.97, name
        assert score.interval[1] == 1, name


def test_without_samples_every_score_says_why_it_is_missing():
    scores = scores_from_counts(ConfusionCounts.from_matrix(np.zeros((2, 2), int)), "ab")
    assert scores.scores == {}
    assert set(scores.not_available) == set(COUNT_SCORES)


def test_a_chosen_class_without_labels_has_a_precision_but_no_accuracy():
    counts = ConfusionCounts.from_matrix(np.array([[3, 2], [0, 0]]))
    scores = scores_from_counts(counts, "ab", [1])
    assert "accuracy" in scores.not_available
    assert scores.scores["precision_macro"].value == 0


def test_one_class_alone_has_no_kappa_and_a_matthews_correlation_of_0():
    scores = scores_from_counts(ConfusionCounts.from_matrix(np.array([[4]])), "a")
    assert "cohen_kappa" in scores.not_available
    assert scores.scores["matthews_corrcoef"].value == 0
    assert any("Matthews correlation counts as 0" in note for note in scores.notes)
