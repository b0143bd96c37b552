"""Class balance, metric histogram, reliability."""

import pytest

from misnomer.charts import class_balance, metric_histogram, reliability
from tests.unit.charts.drawing import heading_of, rows_of, svg_of, texts_of
from tests.unit.charts.evaluations import evaluation


def test_a_metric_with_one_value_says_so_instead_of_drawing_it():
    (text,) = rows_of(metric_histogram("Area", [4095.5, 4096.5], [12], unit="px"))
    assert text["about"] == "All 12 samples have 4,096 px."


def test_samples_beyond_the_bins_are_told():
    chart = metric_histogram("Green Values", [0.0, 0.5, 1.0], [3, 1], beyond=(0, 1865))
    assert "4 samples, and not drawn: 1,865 above 1." in heading_of(chart)
    both = metric_histogram("Green Values", [0.0, 0.5, 1.0], [3, 1], beyond=(2, 1))
    assert "4 samples, and not drawn: 2 below 0, 1 above 1." in heading_of(both)


def test_the_largest_class_stands_first_with_its_count():
    chart = class_balance([("cat", 1), ("dog", 1200)])
    assert [row["class"] for row in rows_of(chart)] == ["dog", "cat"]
    assert "1,200" in texts_of(chart)


def test_a_thousand_classes_become_a_curve_of_at_most_200_steps_that_loses_no_class():
    counts = [(f"class {i}", i) for i in range(1000)]
    chart = class_balance(counts)
    rows = rows_of(chart)
    assert len(rows) <= 200
    assert sorted(name for row in rows for name in row["classes"]) == sorted(name for name, _ in counts)
    assert "1,000 classes: most class 999 (999), median 499.5, least class 0 (0)." in heading_of(chart)


def test_classes_that_all_have_no_sample_are_drawn():
    svg_of(class_balance([("cat", 0), ("dog", 0)]))


def test_a_bar_of_a_histogram_carries_its_edges_and_count():
    rows = rows_of(metric_histogram("Brightness", [0.0, 0.5, 1.0], [3, 1]))
    assert [(row["low"], row["high"], row["sample_count"]) for row in rows] == [(0.0, 0.5, 3), (0.5, 1.0, 1)]


def test_a_histogram_needs_one_edge_more_than_counts():
    with pytest.raises(ValueError, match="zip"):
        metric_histogram("Brightness", [0.0, 1.0], [1, 2])


def test_large_numbers_at_an_axis_are_short_and_zero_is_zero():
    texts = texts_of(metric_histogram("File Size", [0, 40_000, 80_000], [20_000, 1], unit="bytes"))
    assert {"0", "20k", "80k"} <= set(texts)
    assert "0k" not in texts


def test_empty_bins_of_confidence_are_not_drawn():
    assert 0 not in [row.get("sample_count") for row in rows_of(reliability(evaluation()))]


def test_reliability_says_the_calibration_error():
    scored = evaluation()
    scores = scored.scores | {"expected_calibration_error": scored.scores["accuracy"]}
    assert "0.788" in heading_of(reliability(scored.model_copy(update={"scores": scores})))
