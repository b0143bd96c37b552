import json

import numpy as np
import pytest

from misnomer import settings
from misnomer.errors import InputError, InvalidProbabilities, LengthMismatch, UnknownName
from misnomer.evaluation.score import score

LABELS = ["cat", "dog", "dog", None, "cat"]
PREDICTIONS = ["cat", "cat", None, "dog", "cat"]


def test_two_lists():
    assert score(["cat", "dog"], ["cat", "cat"]).accuracy.value == 0.5


def test_numbers_and_their_names_score_the_same():
    by_name = score(["cat", "dog", "dog"], ["cat", "dog", "cat"])
    by_index = score([0, 1, 1], [0, 1, 0], classes=["cat", "dog"])
    assert by_index == by_name


def test_a_missing_prediction_is_left_out_by_default_and_said():
    evaluation = score(LABELS, PREDICTIONS)
    assert evaluation.accuracy.value == pytest.approx(2 / 3)
    assert (evaluation.sample_count, evaluation.labelled_count, evaluation.predicted_count) == (5, 4, 4)
    assert evaluation.notes[0] == "1 of 4 labelled samples have no prediction and are left out."


def test_a_missing_prediction_can_count_as_wrong():
    evaluation = score(LABELS, PREDICTIONS, missing="wrong")
    assert evaluation.accuracy.value == 0.5
    assert evaluation["dog"].support == 2
    assert evaluation.confusion.classes[-1] == "no prediction"


def test_a_missing_prediction_can_be_an_error():
    with pytest.raises(InputError, match="1 of 4 labelled samples"):
        score(LABELS, PREDICTIONS, missing="error")


def test_coverage_under_a_class_filter_is_of_the_samples_shown():
    evaluation = score(LABELS, PREDICTIONS, selected=["dog"])
    assert (evaluation.sample_count, evaluation.labelled_count, evaluation.predicted_count) == (3, 2, 2)


def test_an_unknown_chosen_class_is_an_error():
    with pytest.raises(UnknownName, match="Did you mean 'dog'"):
        score(LABELS, PREDICTIONS, selected=["dgo"])


def test_different_lengths_are_an_error():
    with pytest.raises(LengthMismatch, match="1 labels but 2 predictions"):
        score(["cat"], ["cat", "dog"])
    with pytest.raises(LengthMismatch, match="1 labels but 2 rows of probabilities"):
        score([0], probabilities=[[0.5, 0.5], [0.5, 0.5]])


def test_neither_predictions_nor_probabilities_is_an_error():
    with pytest.raises(InputError, match="Neither"):
        score(["cat"])


@pytest.mark.parametrize(
    "inputs",
    [
        {"labels": [], "predictions": []},
        {"labels": [], "probabilities": []},
        {"labels": [None], "predictions": [None]},
        {"labels": ["a"], "predictions": [None]},
        {"labels": [None], "probabilities": [[0.5, 0.5]], "classes": ["a", "b"]},
    ],
)
def test_nothing_to_score_is_an_evaluation_of_reasons(inputs):
    evaluation = score(**inputs)
    assert evaluation.scores == {}
    assert set(evaluation.not_available) >= {"accuracy", "log_loss", "roc_auc_ovr"}


@pytest.mark.parametrize("prediction", ["a", "b"])
def test_one_sample(prediction):
    evaluation = score(["a"], [prediction])
    assert evaluation.accuracy.value == float(prediction == "a")
    json.dumps(evaluation.to_dict(), allow_nan=False)


def test_without_probabilities_their_scores_say_why_they_are_missing():
    evaluation = score(["a", "b"], ["a", "b"])
    assert evaluation.not_available["log_loss"] == "Needs probabilities; only classes were given."
    with pytest.raises(AttributeError, match="log_loss is not available: Needs probabilities"):
        _ = evaluation.log_loss


def test_the_most_probable_class_is_the_prediction():
    evaluation = score(["a", "b"], probabilities=[[0.9, 0.1], [0.6, 0.4]])
    assert evaluation.confusion.dense().tolist() == [[1, 0], [1, 0]]


def test_columns_without_names_are_the_sorted_labels_or_the_indices():
    matrix = [[0.1, 0.9], [0.8, 0.2]]
    assert score(["b", "a"], probabilities=matrix).accuracy.value == 1
    assert score([1, 0], probabilities=matrix).accuracy.value == 1
    assert score(["1", "0"], probabilities=matrix).accuracy.value == 1


def test_more_columns_than_classes_is_an_error_that_asks_for_names():
    with pytest.raises(LengthMismatch, match="2 classes but 3 columns") as problem:
        score(["a", "b"], probabilities=[[0.2, 0.3, 0.5], [0.2, 0.3, 0.5]])
    assert "classes=" in problem.value.hint


def test_logits_are_taken_when_named():
    logits = np.array([[2.0, 0.0], [0.0, 1.0]])
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    from_logits = score([0, 1], probabilities=logits, kind="logits")
    assert from_logits.log_loss.value == pytest.approx(score([0, 1], probabilities=probabilities).log_loss.value)


def test_logits_given_as_probabilities_are_an_error_that_names_the_row():
    with pytest.raises(InvalidProbabilities, match=r"1 of 2 rows of probabilities do not sum to 1; .* row 1") as p:
        score([0, 1], probabilities=[[0.5, 0.5], [3.0, 1.0]])
    assert "kind='logits'" in p.value.hint


def test_k_of_the_top_k_is_said():
    random = np.random.default_rng(0)
    evaluation = score(random.integers(0, 3, 20), probabilities=random.dirichlet(np.ones(3), 20))
    assert "Top-k accuracy is with k = 2." in evaluation.notes


def test_too_large_a_matrix_is_not_ranked_and_says_why(monkeypatch):
    monkeypatch.setenv("MISNOMER_MAX_RANKED_CELLS", "3")
    evaluation = score([0, 1], probabilities=[[0.6, 0.4], [0.3, 0.7]])
    assert settings.get("max_ranked_cells") == 3
    assert evaluation.not_available["roc_auc_ovr"].startswith("Would rank 4 probabilities")


def test_scores_from_probabilities_under_a_class_filter_are_of_the_labels_chosen():
    random = np.random.default_rng(0)
    labels, matrix = random.integers(0, 3, 60), random.dirichlet(np.ones(3), 60)
    filtered = score(labels, probabilities=matrix, selected=["0", "2"])
    chosen = labels != 1
    alone = score(labels[chosen], probabilities=matrix[chosen])
    assert filtered.log_loss == alone.log_loss
    assert filtered.expected_calibration_error == alone.expected_calibration_error
    unfiltered = score(labels, probabilities=matrix)
    assert filtered["2"] == unfiltered["2"]
    mean = (unfiltered["0"].roc_auc.value + unfiltered["2"].roc_auc.value) / 2
    assert filtered.roc_auc_ovr.value == pytest.approx(mean)


def test_the_level_widens_every_interval():
    random = np.random.default_rng(0)
    labels, matrix = random.integers(0, 3, 60), random.dirichlet(np.ones(3), 60)
    usual, wide = (score(labels, probabilities=matrix, level=level) for level in (0.95, 0.99))
    for name, estimate in usual.scores.items():
        assert wide.scores[name].interval[0] <= estimate.interval[0], name
        assert wide.scores[name].interval[1] >= estimate.interval[1], name
