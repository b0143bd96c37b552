from misnomer.charts import by_metric
from tests.unit.charts.drawing import heading_of, rows_of, svg_of, texts_of
from tests.unit.charts.evaluations import performance


def points_of(chart):
    return [row for row in rows_of(chart) if "rate" in row]


def test_a_point_carries_its_bin_rate_interval_and_count():
    first = points_of(by_metric(performance()))[0]
    assert (first["metric"], first["low"], first["high"]) == ("red_values", 0.0, 0.2)
    assert (first["rate"], first["interval_low"], first["interval_high"], first["sample_count"]) == (0.8, 0.3, 0.9, 20)


def test_a_bin_of_one_value_has_a_bar_of_counts_as_well():
    whole = performance()
    first = whole.bins[0].model_copy(update={"high": whole.bins[0].low})
    rows = points_of(by_metric(whole.model_copy(update={"bins": (first, *whole.bins[1:])})))
    assert (rows[0]["low"], rows[0]["high"]) == (0.0, 0.0)
    assert rows[0]["bar_high"] - rows[0]["bar_low"] > 0
    assert (rows[1]["bar_low"], rows[1]["bar_high"]) == (rows[1]["low"], rows[1]["high"])


def test_the_overall_rate_is_a_line_of_its_own():
    assert any(row.get("overall") == 0.7879 for row in rows_of(by_metric(performance())))


def test_it_is_titled_by_rate_and_metric_and_says_the_sentence():
    heading = heading_of(by_metric(performance()))
    assert heading.startswith("Recall by Red Values")
    assert "No trend beyond chance (p = 0.40)." in heading


def test_several_models_are_named_in_a_legend():
    texts = texts_of(by_metric({"linear": performance(), "nearest": performance()}))
    assert {"linear", "nearest"} <= set(texts)


def test_lines_of_classes_carry_their_class():
    rows = points_of(by_metric(performance(("cat", "dog"))))
    assert {row["class"] for row in rows} == {None, "cat", "dog"}


def test_more_than_eight_models_are_cut_and_it_says_so():
    chart = by_metric({f"model {i}": performance() for i in range(20)})
    assert len({row["line"] for row in points_of(chart)}) == 8
    assert "The first 8 of 20 models." in heading_of(chart)


def with_wrong(counts):
    """A performance by class, each class with so many of 100 samples predicted wrong."""
    whole = performance(tuple(counts))
    bins = {
        name: (whole.bins[0].model_copy(update={"sample_count": 100, "rate": 1 - n / 100}),)
        for name, n in counts.items()
    }
    return whole.model_copy(
        update={"classes": tuple(row.model_copy(update={"bins": bins[row.name]}) for row in whole.classes)}
    )


def test_of_many_classes_those_most_often_wrong_are_drawn_and_it_says_so():
    chart = by_metric(with_wrong({f"class {i}": i for i in range(20)}))
    assert {row["class"] for row in points_of(chart)} == {None, "class 16", "class 17", "class 18", "class 19"}
    assert "Drawn: of 20 classes the 4 with the most samples predicted wrong." in heading_of(chart)


def test_chosen_classes_alone_are_drawn():
    chart = by_metric(with_wrong({f"class {i}": i for i in range(20)}), classes=["class 3", "class 1"])
    assert {row["class"] for row in points_of(chart)} == {None, "class 3", "class 1"}
    assert "Drawn:" not in heading_of(chart)


def test_a_chosen_class_without_samples_is_named():
    chart = by_metric(performance(("cat", "dog")), classes=["cat", "eel"])
    assert {row["class"] for row in points_of(chart)} == {None, "cat"}
    assert "No sample here is of eel." in heading_of(chart)


def test_points_of_several_lines_stand_side_by_side():
    rows = points_of(by_metric({"linear": performance(), "nearest": performance()}))
    assert len({row["middle"] for row in rows}) == len({(row["line"], row["low"]) for row in rows})


def test_a_metric_with_one_value_is_drawn():
    single = performance(bins=1)
    constant = single.bins[0].model_copy(update={"low": 64.0, "high": 64.0})
    svg_of(by_metric(single.model_copy(update={"bins": (constant,), "overall": None}), unit="px"))


def test_the_unit_stands_at_the_axis():
    assert "Red Values (px)" in texts_of(by_metric(performance(), unit="px"))
