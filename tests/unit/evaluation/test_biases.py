from itertools import product
from math import comb

import numpy as np
import pytest
from scipy.stats import poisson

from misnomer.evaluation.biases import f1_bias, precision_bias, weighted_precision_bias
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.scores import scores_from_counts


def biases(matrix):
    matrix = np.array(matrix)
    return precision_bias(ConfusionCounts.from_matrix(matrix), np.arange(len(matrix)))


def test_the_bias_by_hand():
    """Class 0: t = 3, f = 2, m = 5, Var t = 4·(3·1/16)·(4/3) = 1, Var f = 6·(2·4/36)·(6/5) = 1.6: (3·1.6 − 2·1)/125."""
    assert biases([[3, 1], [2, 4]])[0] == pytest.approx((3 * 1.6 - 2 * 1) / 125 * (1 + 3 / 5))


def test_the_mean_estimate_is_the_bias_that_enumeration_finds():
    """Two labels of 8 and 10 samples, recall 0.75 and 0.8: every outcome with its probability."""
    expected_precision = estimate = 0.0
    for right, stolen in product(range(9), range(11)):
        probability = comb(8, right) * 0.75**right * 0.25 ** (8 - right)
        probability *= comb(10, stolen) * 0.2**stolen * 0.8 ** (10 - stolen)
        predicted = right + stolen
        expected_precision += probability * (right / predicted if predicted else 0.0)
        estimate += probability * biases([[right, 8 - right], [stolen, 10 - stolen]])[0]
    bias = expected_precision - 6 / (6 + 2)
    assert bias > 0.005
    assert estimate == pytest.approx(bias, rel=0.15)


def test_a_class_that_is_only_right_only_wrong_or_never_predicted_has_no_bias():
    assert biases([[4, 0, 0], [0, 0, 3], [0, 0, 0]]).tolist() == [0, 0, 0]


def test_a_label_of_one_sample_has_the_accuracy_of_the_set_for_recall():
    """Class 0: t = 1 of 1, f = 1; the accuracy is 3/4."""
    assert biases([[1, 0], [1, 2]])[0] == pytest.approx(1 * 0.75 / 8 * (1 + 3 / 2))


def test_the_order_of_the_classes_does_not_matter():
    matrix = np.random.default_rng(0).integers(0, 5, (6, 6))
    order = np.array([3, 1, 5, 0, 2, 4])
    assert biases(matrix[np.ix_(order, order)]) == pytest.approx(biases(matrix)[order])


def test_the_interval_of_mean_precision_contains_the_displayed_value():
    random = np.random.default_rng(1)
    for _ in range(200):
        class_count = int(random.integers(1, 8))
        matrix = random.integers(0, 3, (class_count, class_count)) * random.integers(0, 2, (class_count, class_count))
        scores = scores_from_counts(ConfusionCounts.from_matrix(matrix), "abcdefgh").scores
        estimate = scores.get("precision_macro")
        if estimate is not None and estimate.interval is not None:
            assert 0 <= estimate.interval[0] <= estimate.value <= estimate.interval[1] <= 1


def test_the_interval_reaches_as_high_as_if_a_class_never_predicted_were_like_the_others():
    names, seen = "abc", np.array([[8, 2, 0], [2, 8, 0], [1, 1, 0]])
    interval = scores_from_counts(ConfusionCounts.from_matrix(seen), names).scores["precision_macro"].interval
    assert interval[1] > 0.8 > interval[0]


def test_twenty_thousand_classes_are_counted_in_their_cells():
    labels = np.arange(20_000).repeat(2)
    counts = ConfusionCounts.from_arrays(labels, np.roll(labels, 1), 20_000)
    assert np.isfinite(precision_bias(counts, np.arange(20_000))).all()


@pytest.mark.parametrize(("hits", "missed", "wrong"), [(80, 20, 10), (50, 50, 50), (30, 60, 20)])
def test_the_bias_of_f1_is_that_of_poisson_counts(hits, missed, wrong):
    h, g = np.meshgrid(np.arange(300), np.arange(300), indexing="ij")
    chance = poisson.pmf(h, hits) * poisson.pmf(g, missed + wrong)
    f1 = np.divide(2 * h, 2 * h + g, out=np.zeros(h.shape), where=h + g > 0)
    exact = float(np.sum(chance * f1)) - 2 * hits / (2 * hits + missed + wrong)
    counts = ConfusionCounts.from_matrix(np.array([[hits, missed], [wrong, 1000]]))
    assert f1_bias(counts, np.array([0]))[0] == pytest.approx(exact, rel=0.1)


def test_f1_by_hand_and_of_a_class_that_does_not_occur():
    # h = 3, g = 1 + 2: −2·3·3/9³.
    counts = ConfusionCounts.from_matrix(np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]]))
    assert f1_bias(counts, np.array([0, 2])).tolist() == pytest.approx([-18 / 729, 0.0])


def test_weighted_precision_of_drawn_samples_is_off_by_what_poisson_counts_say():
    """True positives about 6, other predictions 4, other samples of the label 2; the weight is the support."""
    h, f = np.meshgrid(np.arange(80), np.arange(80), indexing="ij")
    chance = poisson.pmf(h, 6) * poisson.pmf(f, 4)
    precision = np.divide(h, h + f, out=np.zeros(h.shape), where=h + f > 0)
    exact = float(np.sum(chance * (h + 2) * precision)) - 8 * 0.6
    counts = ConfusionCounts.from_matrix(np.array([[6, 2], [4, 1000]]))
    assert 8 * weighted_precision_bias(counts, np.array([0]))[0] == pytest.approx(exact, rel=0.15)


def test_a_class_without_labels_or_predictions_has_no_weighted_bias():
    counts = ConfusionCounts.from_matrix(np.array([[2, 1, 0], [0, 0, 0], [1, 0, 0]]))
    assert weighted_precision_bias(counts, np.array([1, 2])).tolist() == [0.0, 0.0]
