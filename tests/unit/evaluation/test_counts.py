import numpy as np
import pytest

from misnomer.errors import InputError, LengthMismatch
from misnomer.evaluation import counts as counts_module
from misnomer.evaluation.counts import ConfusionCounts


def triples(counts: ConfusionCounts) -> list[tuple[int, int, int]]:
    return list(zip(counts.labels.tolist(), counts.predictions.tolist(), counts.counts.tolist(), strict=True))


def test_cells_are_unique_and_sorted_by_label_then_prediction():
    counts = ConfusionCounts.from_arrays(np.array([1, 0, 1, 0, 1]), np.array([0, 1, 0, 0, 1]), 2)
    assert triples(counts) == [(0, 0, 1), (0, 1, 1), (1, 0, 2), (1, 1, 1)]


def test_a_sample_without_label_is_not_counted():
    counts = ConfusionCounts.from_arrays(np.array([-1, 0]), np.array([0, 0]), 1)
    assert counts.total == 1


def test_a_sample_without_prediction_is_in_the_support_and_in_no_predictions():
    counts = ConfusionCounts.from_arrays(np.array([0, 0]), np.array([-1, 0]), 1)
    assert (counts.support.tolist(), counts.predicted.tolist()) == ([2], [1])
    assert counts.without_prediction == 1


def test_counting_by_sorting_equals_counting_in_a_table(monkeypatch):
    labels, predictions = np.random.default_rng(0).integers(0, 7, (2, 500))
    in_a_table = ConfusionCounts.from_arrays(labels, predictions, 7)
    monkeypatch.setattr(counts_module, "DENSE_CELLS", 0)
    assert triples(ConfusionCounts.from_arrays(labels, predictions, 7)) == triples(in_a_table)


def test_twenty_thousand_classes_need_only_the_cells_that_occur():
    labels = np.arange(20_000)
    counts = ConfusionCounts.from_arrays(labels, labels[::-1], 20_000)
    assert len(counts.counts) == 20_000
    assert counts.true_positives.sum() == 0


def test_counts_of_two_parts_add_up_to_those_of_the_whole():
    labels, predictions = np.random.default_rng(1).integers(0, 4, (2, 100))
    whole = ConfusionCounts.from_arrays(labels, predictions, 4)
    parts = [ConfusionCounts.from_arrays(labels[s], predictions[s], 4) for s in (slice(30), slice(30, None))]
    assert triples(parts[0] + parts[1]) == triples(whole)


def test_counts_over_different_classes_do_not_add():
    one = ConfusionCounts.from_arrays(np.array([0]), np.array([0]), 1)
    two = ConfusionCounts.from_arrays(np.array([0]), np.array([0]), 2)
    with pytest.raises(InputError, match="over 1 and over 2 classes"):
        one + two


def test_triples_in_any_order_are_added_and_zeros_dropped():
    counts = ConfusionCounts.from_triples(np.array([1, 0, 1]), np.array([1, 0, 1]), np.array([2, 0, 3]), class_count=2)
    assert triples(counts) == [(1, 1, 5)]


def test_an_index_out_of_range_is_refused_with_its_value():
    with pytest.raises(InputError, match="class index 3, but there are 3 classes"):
        ConfusionCounts.from_arrays(np.array([0, 3]), np.array([0, 0]), 3)
    with pytest.raises(InputError, match="class index -2"):
        ConfusionCounts.from_arrays(np.array([0, 0]), np.array([0, -2]), 3)


def test_arrays_of_different_length_are_refused():
    with pytest.raises(LengthMismatch, match="2 labels but 1 predictions"):
        ConfusionCounts.from_arrays(np.array([0, 0]), np.array([0]), 1)


def test_no_samples_are_no_cells():
    assert ConfusionCounts.from_arrays(np.zeros(0, int), np.zeros(0, int), 3).total == 0
