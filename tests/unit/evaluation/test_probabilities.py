import numpy as np
import pytest

from misnomer.evaluation.probabilities import ROW_PROBLEMS, label_columns, row_columns, to_probabilities


def test_logits_go_through_a_softmax_that_does_not_overflow():
    assert to_probabilities(np.array([[1000.0, 1000.0]]), "logits").tolist() == [[0.5, 0.5]]


def test_a_logit_of_minus_infinity_is_a_probability_of_0():
    assert to_probabilities(np.array([[0.0, -np.inf]]), "logits").tolist() == [[1.0, 0.0]]


def test_log_probabilities_go_through_exp():
    logs = np.log(np.array([[0.25, 0.75]]))
    assert to_probabilities(logs, "log_probabilities")[0] == pytest.approx([0.25, 0.75])


def test_half_precision_is_computed_in_double():
    logits = np.array([[10.0, -10.0]], np.float16)
    probabilities = to_probabilities(logits, "logits")
    assert probabilities.dtype == np.float64
    assert probabilities[0, 1] == pytest.approx(np.exp(-20) / (1 + np.exp(-20)), rel=1e-12)


def test_percentages_are_divided_by_100():
    assert to_probabilities(np.array([[10, 90], [0, 1]]), "probabilities").tolist() == [[0.1, 0.9], [0, 1]]


def test_the_input_is_left_alone():
    logits = np.array([[1.0, 2.0]])
    row_columns(logits, "logits")
    assert logits.tolist() == [[1.0, 2.0]]


def test_columns_of_a_row():
    columns = row_columns(np.array([[0.5, 0.25, 0.25]]), "probabilities")
    assert columns["prediction"].tolist() == [0]
    assert columns["confidence"][0] == 0.5
    assert columns["margin"][0] == 0.25
    assert columns["prediction_entropy"][0] == pytest.approx(1.5)
    assert columns["variance"][0] == pytest.approx(np.var([0.5, 0.25, 0.25]))
    assert columns["sum_squares"][0] == 0.375


def test_the_first_of_equally_probable_classes_is_predicted():
    assert row_columns(np.array([[0.2, 0.4, 0.4]]), "probabilities")["prediction"].tolist() == [1]


def test_a_certain_prediction_has_no_entropy():
    columns = row_columns(np.array([[0.0, 1.0]]), "probabilities")
    assert columns["prediction_entropy"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ([np.nan, 1.0], "invalid_probability"),
        ([np.inf, 0.0], "invalid_probability"),
        ([-0.1, 1.1], "invalid_probability"),
        ([0.5, 0.4], "sum_not_one"),
        ([0.5, 0.4995], ""),
    ],
)
def test_a_row_that_is_no_distribution_is_named_and_has_no_prediction(row, problem):
    columns = row_columns(np.array([row, [0.5, 0.5]]), "probabilities")
    assert ROW_PROBLEMS[columns["problem"][0]] == problem
    assert columns["valid"].tolist() == [problem == "", True]
    assert (columns["prediction"][0] == -1) == (problem != "")


def test_an_invalid_row_of_logits_is_named():
    columns = row_columns(np.array([[np.inf, 0.0], [-np.inf, -np.inf]]), "logits")
    assert columns["valid"].tolist() == [False, False]


def test_label_probability_and_rank():
    values = np.array([[0.1, 0.6, 0.3], [0.1, 0.6, 0.3]])
    columns = label_columns(values, "probabilities", np.array([2, 0]))
    assert columns["label_probability"].tolist() == [0.3, 0.1]
    assert columns["label_rank"].tolist() == [1, 2]


def test_among_equals_the_higher_index_ranks_first():
    values = np.array([[0.4, 0.4, 0.2], [0.4, 0.4, 0.2]])
    assert label_columns(values, "probabilities", np.array([0, 1]))["label_rank"].tolist() == [1, 0]


def test_a_label_without_column_has_probability_0_and_the_last_rank():
    columns = label_columns(np.array([[0.4, 0.6]]), "probabilities", np.array([-1]))
    assert columns["label_probability"].tolist() == [0.0]
    assert columns["label_rank"].tolist() == [2]
