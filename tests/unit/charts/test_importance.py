from misnomer.charts import correlation, importance
from misnomer.charts.theme import LIGHT
from tests.unit.charts.drawing import heading_of, rows_of, svg_of, texts_of
from tests.unit.charts.evaluations import evaluation


def rows_by_metric(chart):
    return {row["metric"]: row for row in rows_of(chart) if "metric" in row}


def test_the_noise_floor_is_drawn_and_named():
    chart = importance(evaluation())
    assert "noise floor" in texts_of(chart)
    assert {"floor": 0.12, "text": "noise floor", "about": "Noise floor: 0.1200"} in rows_of(chart)


def test_a_bar_below_the_floor_is_grey_and_called_noise():
    chart = importance(evaluation())
    assert "not distinguishable from noise" in rows_by_metric(chart)["metric_5"]["about"]
    assert LIGHT.noise in svg_of(chart)


def test_the_direction_of_the_correlation_stands_beside_the_bar():
    texts = texts_of(importance(evaluation()))
    assert "▲ +0.31" in texts
    assert "▼ −0.15" in texts


def test_it_says_the_sentence_of_the_evaluation():
    assert "Two metrics stand out of the noise." in heading_of(importance(evaluation()))


def test_more_metrics_than_fit_are_cut_and_it_says_so():
    chart = importance(evaluation(metrics=40))
    assert len(rows_by_metric(chart)) == 25
    assert "The first 25 of 40 metrics." in heading_of(chart)


def test_where_no_metric_can_be_judged_it_says_why_in_place_of_empty_bars():
    rows = tuple(row.model_copy(update={"reason": "known for 15 of 15 samples"}) for row in evaluation().importance)
    chart = importance(
        evaluation().model_copy(update={"importance": rows, "importance_sentence": "No metric can be judged."})
    )
    assert [row["about"] for row in rows_of(chart)] == ["No metric can be judged."]
    assert chart.to_dict()["usermeta"]["message"] == "No metric can be judged."


def test_metrics_that_cannot_be_judged_are_named_with_the_reason_instead_of_drawn():
    first, second, *rest = evaluation().importance
    same = {"reason": "the same for all 165 samples", "importance": 0.0}
    rows = (*rest, first.model_copy(update=same), second.model_copy(update=same))
    chart = importance(evaluation().model_copy(update={"importance": rows}))
    assert set(rows_by_metric(chart)) == {row.metric for row in rest}
    assert f"Not judged: {first.title}, {second.title} (the same for all 165 samples)." in heading_of(chart)


def test_an_importance_of_zero_everywhere_is_drawn():
    rows = tuple(row.model_copy(update={"importance": 0.0, "noise_floor": 0.0}) for row in evaluation().importance)
    svg_of(importance(evaluation().model_copy(update={"importance": rows})))


def test_correlations_are_coloured_by_direction_only_when_significant():
    rows = rows_by_metric(correlation(evaluation()))
    assert rows["metric_0"]["colour"] == "up"
    assert rows["metric_1"]["colour"] == "down"
    assert rows["metric_5"]["colour"] == "none"


def test_a_metric_without_correlation_is_not_among_the_correlations():
    first, *rest = evaluation().importance
    changed = (first.model_copy(update={"spearman": None}), *rest)
    chart = correlation(evaluation().model_copy(update={"importance": changed}))
    assert "metric_0" not in rows_by_metric(chart)
