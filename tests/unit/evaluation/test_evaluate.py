import numpy as np
import pytest

from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.evaluate import Coverage, evaluate_counts
from misnomer.evaluation.probability_scores import ProbabilityColumns

COUNTS = ConfusionCounts.from_matrix(np.array([[3, 1], [0, 2]]))


def test_coverage_defaults_to_the_labelled_samples_shown():
    evaluation = evaluate_counts(COUNTS, ["a", "b"])
    assert (evaluation.sample_count, evaluation.labelled_count, evaluation.predicted_count) == (6, 6, 6)


def test_coverage_is_as_given():
    evaluation = evaluate_counts(COUNTS, ["a", "b"], coverage=Coverage(100, 6, 90), model="resnet")
    assert (evaluation.sample_count, evaluation.predicted_count, evaluation.model) == (100, 90, "resnet")


def test_a_confidence_alone_gives_calibration_and_says_what_it_does_not_give():
    columns = ProbabilityColumns(
        label=np.array([0, 0, 1], np.int32),
        confidence=np.array([0.9, 0.8, 0.7]),
        right=np.array([True, True, False]),
    )
    evaluation = evaluate_counts(COUNTS, ["a", "b"], probabilities=columns)
    assert evaluation.expected_calibration_error.value == pytest.approx((0.1 + 0.2 + 0.7) / 3)
    assert len(evaluation.reliability) == 3
    assert "only the prediction's confidence" in evaluation.not_available["log_loss"]
    assert "roc_auc_ovr" in evaluation.not_available


def test_every_score_is_there_or_has_its_reason():
    evaluation = evaluate_counts(COUNTS, ["a", "b"])
    assert not set(evaluation.scores) & set(evaluation.not_available)
    assert len(evaluation.scores) + len(evaluation.not_available) == 17
