from xml.etree import ElementTree

from misnomer import charts
from misnomer.writers.svg import class_rules, colour_rules, figure
from tests.unit.charts.evaluations import HOSTILE_NAMES, evaluation, hostile_counts


def test_colours_come_from_the_page():
    svg = figure(charts.confusion_matrix(evaluation())).svg
    assert "f-right" in svg
    assert "f-wrong" in svg
    for name in ("fill", "stroke"):
        assert f'{name}="#' not in svg


def test_each_scheme_defines_every_colour_that_the_classes_use():
    names = {part.split(")")[0] for part in class_rules().split("var(--")[1:]}
    for dark in (False, True):
        assert names == {part.split(":")[0].strip().removeprefix("--") for part in colour_rules(dark).split(";")[:-1]}


def test_a_mark_says_on_hovering_what_it_is():
    assert "charmander → pikachu: 15 of 53 labelled (28.3%)" in figure(charts.confusion_matrix(evaluation())).svg


def test_the_heading_leaves_the_drawing_for_the_page():
    drawn = figure(charts.precision_recall(evaluation()))
    assert drawn.title == "Precision and recall by class"
    assert drawn.sentences == ["Point: the rate. Line: its interval. n: labelled samples of the class."]
    assert ">Precision and recall by class<" not in drawn.svg
    assert drawn.title in ElementTree.fromstring(drawn.svg).get("aria-label", "")


def test_hostile_names_stay_text():
    drawn = figure(charts.confusion_matrix(evaluation(hostile_counts(), HOSTILE_NAMES)))
    root = ElementTree.fromstring(drawn.svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "text", "title", "line", "rect"}


def test_a_wide_chart_knows_it():
    assert not figure(charts.confusion_matrix(evaluation())).is_wide
    assert figure(charts.confusion_matrix(evaluation()), wide_from_px=100).is_wide
