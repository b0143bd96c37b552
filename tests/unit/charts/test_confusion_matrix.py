import numpy as np
import pytest

from misnomer.charts import confusion_matrix
from misnomer.charts.class_order import class_order, most_confused_classes
from misnomer.evaluation.results import ConfusionMatrix, Triples
from tests.unit.charts.drawing import heading_of, rows_of, spec_of, svg_of, texts_of
from tests.unit.charts.evaluations import COUNTS, NAMES, evaluation, large_counts

POKEMON = evaluation()


def names(count: int) -> tuple[str, ...]:
    return tuple(f"class {i:04d}" for i in range(count))


def cell(evaluation, label, prediction, **options):
    (found,) = (
        row
        for row in rows_of(confusion_matrix(evaluation, **options))
        if (row["label"], row["prediction"]) == (label, prediction)
    )
    return found


def drawn_order(chart) -> list[str]:
    return spec_of(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"]


def test_only_cells_with_samples_are_shipped():
    assert len(rows_of(confusion_matrix(POKEMON))) == np.count_nonzero(COUNTS)


def test_a_cell_says_its_count_and_both_shares():
    found = cell(POKEMON, "charmander", "pikachu")
    assert (found["count"], found["right"]) == (15, False)
    assert found["row_share"] == pytest.approx(15 / 53, abs=1e-6)
    assert found["column_share"] == pytest.approx(15 / 45, abs=1e-6)


@pytest.mark.parametrize(("values", "text"), [("count", "15"), ("row", "28%"), ("column", "33%")])
def test_cells_show_counts_or_shares(values, text):
    assert cell(POKEMON, "charmander", "pikachu", values=values)["text"] == text
    assert text in texts_of(confusion_matrix(POKEMON, values=values))


def test_few_classes_stand_in_alphabetical_order():
    assert drawn_order(confusion_matrix(POKEMON)) == sorted(NAMES)


def test_sorting_by_support_puts_the_largest_class_first():
    assert drawn_order(confusion_matrix(POKEMON, sort="support"))[0] == "charmander"


def test_similar_order_puts_confused_classes_together():
    counts = np.diag([10, 10, 10, 10]) + np.array([[0, 0, 0, 5], [0, 0, 4, 0], [0, 4, 0, 0], [5, 0, 0, 0]])
    order = class_order(["a", "b", "c", "d"], counts, "similar")
    assert abs(order.index(0) - order.index(3)) == abs(order.index(1) - order.index(2)) == 1


def test_a_class_never_predicted_keeps_its_column():
    counts = np.array([[3, 1], [2, 0]])
    chart = confusion_matrix(evaluation(counts, ("a", "b")))
    encoding = spec_of(chart)["layer"][0]["encoding"]
    assert encoding["x"]["scale"]["domain"] == encoding["y"]["scale"]["domain"] == ["a", "b"]


def test_other_and_no_prediction_stay_at_the_end():
    filtered = evaluation(np.array([[5, 1], [2, 7]]), ("zebra", "yak"))
    added = ConfusionMatrix(
        classes=("zebra", "yak", "other", "no prediction"),
        counts=Triples(np.array([[0, 0, 5], [0, 2, 1], [1, 1, 7], [2, 0, 2], [1, 3, 4]])),
    )
    chart = confusion_matrix(filtered.model_copy(update={"confusion": added}))
    assert drawn_order(chart) == ["yak", "zebra", "other", "no prediction"]


def test_twenty_one_classes_have_names_and_no_numbers_in_the_cells():
    texts = texts_of(confusion_matrix(evaluation(large_counts(21), names(21))))
    assert "class 0000" in texts
    assert not any(text.isdigit() for text in texts)


def test_above_sixty_classes_the_axes_have_no_names():
    chart = confusion_matrix(evaluation(large_counts(61), names(61)))
    assert not any(text.startswith("class 0") for text in texts_of(chart))
    assert "on hovering" in heading_of(chart)


def test_of_a_thousand_classes_the_most_confused_are_drawn_and_it_says_so():
    counts = large_counts(1000)
    chart = confusion_matrix(evaluation(counts, names(1000)), limit=40)
    drawn = {row["label"] for row in rows_of(chart)}
    worst = np.unravel_index((counts - np.diag(np.diag(counts))).argmax(), counts.shape)
    assert len(drawn) <= 40
    assert {f"class {worst[0]:04d}", f"class {worst[1]:04d}"} <= drawn
    assert "40 most confused of 1,000 classes" in heading_of(chart)
    assert len(svg_of(chart)) < 500_000


def test_shares_of_a_block_are_of_the_whole_row():
    counts = large_counts(100)
    chart = confusion_matrix(evaluation(counts, names(100)), limit=10)
    for row in rows_of(chart):
        label = int(row["label"].removeprefix("class "))
        assert row["row_share"] == pytest.approx(row["count"] / counts[label].sum(), abs=1e-6)


def test_a_thousand_classes_without_an_error_say_so():
    chart = confusion_matrix(evaluation(np.diag(np.full(1000, 3)), names(1000)))
    assert "No sample of the 1,000 classes is predicted wrong" in rows_of(chart)[0]["about"]


def test_most_confused_classes_come_in_whole_pairs():
    labels, predictions, counts = np.array([[0, 1, 9], [2, 3, 8], [4, 5, 7]]).T
    assert most_confused_classes(labels, predictions, counts, 6, 5).tolist() == [0, 1, 2, 3]


def test_chosen_classes_are_drawn_alone():
    chart = confusion_matrix(POKEMON, only=["charmander", "pikachu"])
    assert drawn_order(chart) == ["charmander", "pikachu"]
    assert "2 of 4 classes" in heading_of(chart)
    assert cell(POKEMON, "charmander", "pikachu", only=["charmander", "pikachu"])["row_share"] == pytest.approx(
        15 / 53, abs=1e-6
    )


def test_a_class_named_other_is_told_from_the_rest_of_the_samples():
    matrix = ConfusionMatrix(classes=("other", "other"), counts=Triples([(0, 0, 3), (0, 1, 2)]))
    one = evaluation()
    chosen = one.model_copy(update={"classes": one.classes[:1], "confusion": matrix})
    groups = {(row["label_group"], row["prediction_group"]): row["count"] for row in rows_of(confusion_matrix(chosen))}
    assert groups == {("class", "class"): 3, ("class", "other"): 2}


@pytest.mark.parametrize(
    ("last", "room_px"),
    [
        ("ends", 4),  # drawn level
        ("Travel & Places", 4 + 47),  # 15 letters of 7 px at 45° from the middle of a cell of 56 px: 74.2 − 28
        ("a name far longer than any chart has room for", 4 + 64),  # cut at 130 px: 91.9 − 28
    ],
)
def test_the_slanted_name_of_the_last_column_has_room(last, room_px):
    names = (*(f"A{number}" for number in range(8)), last)  # drawn in the order of their names
    chart = confusion_matrix(evaluation(np.full((9, 9), 2), names))
    assert spec_of(chart)["padding"]["right"] == room_px
