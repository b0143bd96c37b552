from misnomer.charts import precision_recall
from tests.unit.charts.drawing import heading_of, rows_of, texts_of
from tests.unit.charts.evaluations import evaluation, large_counts

POKEMON = evaluation()


def classes_in_order(chart) -> list[str]:
    return list(dict.fromkeys(row["class"] for row in rows_of(chart) if "class" in row))


def test_the_weakest_class_stands_on_top():
    assert classes_in_order(precision_recall(POKEMON))[0] == "pikachu"


def test_sorting_by_recall_or_name():
    assert classes_in_order(precision_recall(POKEMON, sort="recall"))[0] == "charmander"
    assert classes_in_order(precision_recall(POKEMON, sort="name"))[-1] == "squirtle"


def test_a_point_carries_its_interval_and_counts():
    (row,) = (
        row
        for row in rows_of(precision_recall(POKEMON))
        if row.get("class") == "charmander" and row["score"] == "Recall"
    )
    assert (row["support"], row["predicted"]) == (53, 42)
    assert row["low"] < row["value"] == 37 / 53 < row["high"]


def test_the_number_of_labelled_samples_stands_beside_each_class():
    assert {"n = 53", "n = 38", "n = 32", "n = 42"} <= set(texts_of(precision_recall(POKEMON)))


def test_of_a_thousand_classes_the_worst_are_drawn_and_it_says_so():
    many = evaluation(large_counts(1000), tuple(f"class {i}" for i in range(1000)))
    chart = precision_recall(many)
    assert len(classes_in_order(chart)) == 40
    assert "The 40 classes with the lowest F1 of 1,000." in heading_of(chart)
