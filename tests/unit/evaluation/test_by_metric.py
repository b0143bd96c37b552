import numpy as np
import pytest

from misnomer.errors import InputError, LengthMismatch, UnknownName
from misnomer.evaluation.by_metric import performance_by_metric
from misnomer.evaluation.results import MetricPerformance

CLASSES = ["cat", "dog", "owl"]
SEED_MATRIX = np.array([[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]])


def perform(values: object, labels: object, predictions: object, **options: object) -> MetricPerformance:
    return performance_by_metric(
        "red", "Red", np.asarray(values), np.asarray(labels), np.asarray(predictions), CLASSES, **options
    )


def seed_samples() -> tuple[np.ndarray, np.ndarray]:
    label, prediction = np.indices((4, 4)).reshape(2, -1)
    return np.repeat(label, SEED_MATRIX.ravel()), np.repeat(prediction, SEED_MATRIX.ravel())


def test_165_samples_make_eight_bins_that_sum_to_them():
    labels, predictions = seed_samples()
    values = np.random.default_rng(0).random(165)
    result = performance_by_metric("m", "M", values, labels, predictions, list("abcd"))
    assert len(result.bins) == 8
    assert min(one.sample_count for one in result.bins) == 20
    assert sum(one.sample_count for one in result.bins) == result.sample_count == 165
    assert result.overall == pytest.approx(130 / 165)


def test_recall_looks_at_labels_and_precision_at_predictions_of_the_chosen_classes():
    labels, predictions = seed_samples()
    values = np.random.default_rng(0).random(165)
    recall = performance_by_metric("m", "M", values, labels, predictions, list("abcd"), selected=[0])
    precision = performance_by_metric(
        "m", "M", values, labels, predictions, list("abcd"), selected=[0], rate="precision"
    )
    assert (recall.sample_count, recall.overall) == (53, pytest.approx(37 / 53))
    assert (precision.sample_count, precision.overall) == (42, pytest.approx(37 / 42))


def test_bins_are_half_open_and_the_last_is_closed():
    result = perform([0, 1, 2, 3], [0, 0, 0, 0], [0, 0, 1, 0], bins=2)
    assert [(one.low, one.high, one.sample_count, one.rate) for one in result.bins] == [
        (0.0, 2.0, 2, 1.0),
        (2.0, 3.0, 2, 0.5),
    ]


def test_equal_values_are_never_split():
    result = perform([1, 1, 1, 1, 1, 2], [0] * 6, [0] * 6, bins=3)
    assert [(one.low, one.sample_count) for one in result.bins] == [(1.0, 5), (2.0, 1)]


def test_a_number_of_bins_insists_on_small_ones():
    assert len(perform(np.arange(30), [0] * 30, [0] * 30, bins=10).bins) == 10
    assert len(perform(np.arange(30), [0] * 30, [0] * 30).bins) == 1


def test_equal_width_merges_small_bins_unless_a_number_insists():
    values = np.append(np.linspace(0, 1, 99), 10.0)
    merged = perform(values, [0] * 100, [0] * 100, width="equal width")
    insisted = perform(values, [0] * 100, [0] * 100, width="equal width", bins=10)
    assert [one.sample_count for one in merged.bins] == [100]
    assert [(one.low, one.high, one.sample_count) for one in insisted.bins] == [(0, 1, 98), (1, 2, 1), (9, 10, 1)]


def test_missing_values_are_counted_and_left_out():
    result = perform([0.1, np.nan, 0.3, np.inf], [0] * 4, [0] * 4)
    assert (result.sample_count, result.missing_count) == (2, 2)


def test_a_sample_without_label_is_in_no_rate():
    for rate in ("recall", "precision"):
        assert perform([1.0, 2.0], [-1, 0], [0, 0], rate=rate).sample_count == 1


def test_a_missing_prediction_is_not_right_for_recall_and_not_in_precision():
    assert perform([1.0, 2.0], [0, 0], [-1, 0]).overall == 0.5
    assert perform([1.0, 2.0], [0, 0], [-1, 0], rate="precision").overall == 1.0


def test_intervals_follow_the_level():
    wide = perform([1.0] * 20, [0] * 20, [0] * 10 + [1] * 10, level=0.99).bins[0].interval
    narrow = perform([1.0] * 20, [0] * 20, [0] * 10 + [1] * 10, level=0.8).bins[0].interval
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]


def test_lines_by_class_share_the_bins_and_leave_empty_ones_out():
    result = perform([0.0, 1.0, 2.0, 3.0], [0, 0, 0, 1], [0, 1, 0, 1], bins=2, by_class=True, selected=[0, 1])
    cat, dog = result.classes
    assert (cat.name, dog.name) == ("cat", "dog")
    assert [(one.low, one.sample_count, one.rate) for one in cat.bins] == [(0.0, 2, 0.5), (2.0, 1, 1.0)]
    assert [(one.low, one.sample_count, one.rate) for one in dog.bins] == [(2.0, 1, 1.0)]


def test_lines_by_class_put_bins_together_until_each_holds_twenty_of_the_class():
    labels = np.arange(1000) % 20  # 50 of each class in 10 bins, 5 in each
    names = [f"class {i}" for i in range(20)]
    line = performance_by_metric("m", "M", np.arange(1000.0), labels, labels, names, by_class=True).classes[0]
    assert [one.sample_count for one in line.bins] == [20, 30]
    assert (line.bins[0].low, line.bins[0].high, line.bins[1].high) == (0.0, 400.0, 999.0)


def test_a_class_with_less_than_twenty_has_one_bin_where_it_lies():
    labels = np.where(np.arange(400) < 393, 0, 1)
    cat, dog = perform(np.arange(400.0), labels, labels, by_class=True).classes[:2]
    assert len(cat.bins) == 10
    assert [(one.low, one.high, one.sample_count) for one in dog.bins] == [(360.0, 399.0, 7)]


def test_precision_by_class_goes_by_prediction():
    result = perform([0.0, 1.0], [0, 1], [1, 1], by_class=True, rate="precision")
    assert [(line.name, [one.rate for one in line.bins]) for line in result.classes] == [
        ("cat", []),
        ("dog", [0.5]),
        ("owl", []),
    ]


def test_lines_by_class_come_on_demand():
    assert perform([0.0], [0], [0]).classes == ()


def test_nothing_has_no_bins_and_says_so():
    result = perform([], np.array([], int), np.array([], int), by_class=True)
    assert (result.bins, result.overall, result.trend_p_value) == ((), None, None)
    assert result.sentence == "There is no sample with a value of Red to compute recall from."


def test_a_fall_is_seen_and_said():
    rng = np.random.default_rng(0)
    values = rng.random(1000)
    result = perform(values, [0] * 1000, (rng.random(1000) < 0.5 * values).astype(int))
    assert result.trend_p_value < 1e-6
    assert "recall falls as Red rises (trend p < 0.001)" in result.sentence


def test_wrong_inputs_are_refused():
    with pytest.raises(LengthMismatch, match="1 values, 2 labels and 2 predictions"):
        perform([1.0], [0, 0], [0, 0])
    with pytest.raises(UnknownName, match="recal"):
        perform([1.0], [0], [0], rate="recal")
    with pytest.raises(UnknownName, match="width"):
        perform([1.0], [0], [0], width="equal")
    with pytest.raises(InputError, match="0 bins"):
        perform([1.0], [0], [0], bins=0)
