"""What holds for every chart."""

import pytest

from misnomer import charts
from misnomer.charts.theme import DARK, LIGHT, palette
from tests.unit.charts.drawing import rows_of, spec_of, svg_of, texts_of
from tests.unit.charts.evaluations import HOSTILE_NAMES, evaluation, hostile_counts, performance

EVALUATION = evaluation()
EMPTY = evaluation(hostile_counts()[:0, :0], (), metrics=0).model_copy(update={"reliability": None})
HOSTILE = evaluation(hostile_counts(), HOSTILE_NAMES)

FULL = {
    "by_metric": lambda **look: charts.by_metric({"linear": performance(), "nearest": performance()}, **look),
    "class_balance": lambda **look: charts.class_balance([("cat", 3), ("dog", 1)], **look),
    "confusion_matrix": lambda **look: charts.confusion_matrix(EVALUATION, **look),
    "correlation": lambda **look: charts.correlation(EVALUATION, **look),
    "importance": lambda **look: charts.importance(EVALUATION, **look),
    "metric_histogram": lambda **look: charts.metric_histogram("Brightness", [0, 0.5, 1], [3, 1], **look),
    "precision_recall": lambda **look: charts.precision_recall(EVALUATION, **look),
    "reliability": lambda **look: charts.reliability(EVALUATION, **look),
}
NOTHING = {
    "by_metric": lambda: charts.by_metric({}),
    "class_balance": lambda: charts.class_balance([]),
    "confusion_matrix": lambda: charts.confusion_matrix(EMPTY),
    "correlation": lambda: charts.correlation(EMPTY),
    "importance": lambda: charts.importance(EMPTY),
    "metric_histogram": lambda: charts.metric_histogram("Brightness", [0, 1], [0]),
    "precision_recall": lambda: charts.precision_recall(EMPTY),
    "reliability": lambda: charts.reliability(EMPTY),
}
NAMED = {
    "by_metric": lambda: charts.by_metric(performance(HOSTILE_NAMES[:7], title="<b>\x00"), unit="\x01"),
    "class_balance": lambda: charts.class_balance([(name, 3) for name in HOSTILE_NAMES]),
    "class_curve": lambda: charts.class_balance([(name, 3) for name in HOSTILE_NAMES], limit=3),
    "confusion_matrix": lambda: charts.confusion_matrix(HOSTILE),
    "metric_histogram": lambda: charts.metric_histogram("\x00", [0, 1], [3], unit="\x1b"),
    "models": lambda: charts.by_metric(dict.fromkeys(HOSTILE_NAMES, performance())),
    "precision_recall": lambda: charts.precision_recall(HOSTILE),
}


def test_every_public_chart_is_tested_here():
    assert sorted(FULL) == sorted(NOTHING) == sorted(charts.__all__)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", FULL)
def test_it_is_valid_and_has_a_title_and_the_scheme_s_background(name, dark):
    spec = spec_of(FULL[name](dark=dark), validate=True)
    assert spec["title"]["text"]
    assert spec["background"] == palette(dark).surface


@pytest.mark.parametrize("name", FULL)
def test_it_saves_as_png_and_svg(name, tmp_path):
    chart = FULL[name]()
    chart.save(tmp_path / "chart.png")
    chart.save(tmp_path / "chart.svg")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("name", sorted(set(FULL) - {"confusion_matrix"}))
def test_it_fills_a_container_on_a_page(name):
    spec = spec_of(FULL[name](width="container"))
    assert spec["width"] == "container"
    assert not {"hconcat", "vconcat", "facet"} & spec.keys()


@pytest.mark.parametrize("name", NOTHING)
def test_without_data_it_says_what_is_missing(name):
    chart = NOTHING[name]()
    (row,) = rows_of(chart)
    assert row["about"].endswith(".")
    assert " ".join(texts_of(chart)[:-1]).strip() in row["about"]


@pytest.mark.parametrize("name", NAMED)
def test_hostile_names_are_values_and_are_drawn_without_control_characters(name):
    chart = NAMED[name]()
    svg = svg_of(chart)
    assert "<script" not in svg
    assert not any(ord(c) < 32 and c != "\n" for text in texts_of(chart) for c in text)
    columns = {column for row in rows_of(chart) for column in row}
    assert not columns & set(HOSTILE_NAMES)


def test_a_click_finds_the_true_names():
    rows = rows_of(charts.confusion_matrix(HOSTILE))
    assert {row["label"] for row in rows} == set(HOSTILE_NAMES)
    assert {row["prediction"] for row in rows} == set(HOSTILE_NAMES)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_keep_the_contrast_of_wcag_aa(colours):
    for text in (colours.ink, colours.muted, colours.right, colours.wrong, colours.accent):
        assert _contrast(text, colours.surface) >= 4.5
    for mark in (colours.noise, colours.second, *colours.series):
        assert _contrast(mark, colours.surface) >= 3
    for cell in (colours.right, colours.wrong):
        assert _contrast(colours.on_strong, cell) >= 4.5
