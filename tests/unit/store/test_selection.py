"""A filter chooses exactly the samples that its words say."""

import numpy as np
import pyarrow as pa
import pytest

from misnomer.errors import InputError, InvalidFilter, UnknownName
from misnomer.filters import Filter, where
from misnomer.schema import MissingPolicy
from misnomer.store import attributes, models, tags
from misnomer.store.database import Database
from misnomer.store.listing import count_shown, export_samples, list_samples
from misnomer.store.selection import Selection
from misnomer.store.statistics import (
    LabelPredictionCounts,
    SampleCounts,
    label_prediction_counts,
    sample_columns,
)
from tests.unit.store.conftest import add_samples, prediction_table


def keys(database: Database, filter: Filter, policy: MissingPolicy = "exclude") -> list[str]:
    selection = Selection(database, filter, model_id=0, missing_policy=policy)
    found = [record["key"] for record in list_samples(selection)]
    assert count_shown(selection) == len(found)
    assert export_samples(selection).read_all()["key"].to_pylist() == found
    return found


# label → prediction: cat→cat, cat→dog, dog→dog, dog→eel, eel→(none), (none)→cat
@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (where(), ["cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/2.jpg", "eel/1.jpg", "free.jpg"]),
        (where(classes=["cat"]), ["cat/1.jpg", "cat/2.jpg", "free.jpg"]),
        (where(classes=["eel"]), ["dog/2.jpg", "eel/1.jpg"]),
        (where(outcome="tp"), ["cat/1.jpg", "dog/1.jpg"]),
        (where(outcome="fp"), ["cat/2.jpg", "dog/2.jpg"]),
        (where(outcome="fn"), ["cat/2.jpg", "dog/2.jpg"]),
        (where(outcome="fp", classes=["dog"]), ["cat/2.jpg"]),
        (where(outcome="fn", classes=["dog"]), ["dog/2.jpg"]),
        (where("confidence < 0.75"), ["dog/1.jpg", "dog/2.jpg", "free.jpg"]),
        (where("confidence is null"), ["eel/1.jpg"]),
        (where("prediction = cat"), ["cat/1.jpg", "free.jpg"]),
        (where("label in (cat, eel)"), ["cat/1.jpg", "cat/2.jpg", "eel/1.jpg"]),
        (where("label in ()"), []),
        (where("prediction not in (cat, eel)"), ["cat/2.jpg", "dog/1.jpg"]),
        (where("label != cat"), ["dog/1.jpg", "dog/2.jpg", "eel/1.jpg"]),
        (where(random=(0.3, 0.6)), ["cat/2.jpg", "dog/1.jpg", "dog/2.jpg"][1:]),
        (where(text="CAT/"), ["cat/1.jpg", "cat/2.jpg"]),
        (where(text="_"), []),
        (where(keys=["free.jpg", "dog/1.jpg"]), ["dog/1.jpg", "free.jpg"]),
        (where(classes=[]), []),
    ],
)
def test_a_filter_chooses_its_samples(predicted: Database, chosen: Filter, expected: list[str]) -> None:
    assert keys(predicted, chosen) == expected


def test_a_missing_prediction_counted_as_wrong_is_a_false_negative(predicted: Database) -> None:
    assert "eel/1.jpg" in keys(predicted, where(outcome="fn"), "wrong")
    assert "eel/1.jpg" not in keys(predicted, where(outcome="fp"), "wrong")


def triples(counted: LabelPredictionCounts) -> list[tuple[int, int, int]]:
    return list(zip(counted.label_ids, counted.class_ids, counted.counts, strict=True))


def test_confusion_counts_samples_with_label_and_prediction(predicted: Database) -> None:
    counted = label_prediction_counts(Selection(predicted, Filter(), model_id=0))
    assert triples(counted.compared("exclude")) == [(0, 0, 1), (0, 1, 1), (1, 1, 1), (1, 2, 1)]


def test_missing_predictions_count_under_the_policy_wrong(predicted: Database) -> None:
    counted = label_prediction_counts(Selection(predicted, Filter(), model_id=0))
    assert (2, -1, 1) in triples(counted.compared("wrong"))


def test_counts_say_how_many_have_what(predicted: Database) -> None:
    counts = label_prediction_counts(Selection(predicted, Filter(), model_id=0)).shown(None)
    assert (counts.sample_count, counts.labelled_count, counts.predicted_count, counts.compared_count) == (6, 5, 5, 4)


def test_a_class_filter_counts_samples_with_its_label_or_prediction(predicted: Database) -> None:
    counted = label_prediction_counts(Selection(predicted, Filter(), model_id=0))
    assert counted.shown([2]) == SampleCounts(2, 2, 1, 1)  # the eel, and the dog taken for one


def test_columns_are_aligned_and_missing_values_are_nan(predicted: Database) -> None:
    columns = sample_columns(Selection(predicted, Filter(), model_id=0), ["confidence"])
    assert columns["label_id"].tolist() == [0, 0, 1, 1, 2, -1]
    assert columns["class_id"].tolist() == [0, 1, 1, 2, -1, 0]
    assert np.isnan(columns["confidence"]).tolist() == [False, False, False, False, True, False]


def test_samples_sort_by_a_metric_with_missing_values_last(predicted: Database) -> None:
    selection = Selection(predicted, Filter(), model_id=0)
    ascending = [record["key"] for record in list_samples(selection, sort="confidence")]
    assert ascending == ["free.jpg", "dog/2.jpg", "dog/1.jpg", "cat/2.jpg", "cat/1.jpg", "eel/1.jpg"]
    descending = list_samples(selection, sort="confidence", descending=True, limit=1, offset=5)
    assert [record["key"] for record in descending] == ["eel/1.jpg"]


def test_tags_and_metadata_filter(predicted: Database) -> None:
    attributes.add_attributes(predicted, np.arange(6), pa.table({"my camera": ["x'y", None, "x'y", "z", None, "z"]}))
    assert keys(predicted, where('"my camera" = "x\'y"')) == ["cat/1.jpg", "dog/1.jpg"]
    assert tags.add_tag(Selection(predicted, where(classes=["dog"])), "review") == 2
    assert keys(predicted, where(tags=["review"])) == ["dog/1.jpg", "dog/2.jpg"]
    assert tags.remove_tag(Selection(predicted, where(text="1")), "review") == 1
    assert tags.tag_counts(predicted) == {"review": 1}


@pytest.mark.parametrize(
    "chosen",
    [
        where(classes=["cot"]),
        where(tags=["none"]),
        where(splits=["val"]),
        where("brightnes < 1"),
        where(keys=["cat/9.jpg"]),
    ],
)
def test_a_name_that_is_not_there_is_an_error(predicted: Database, chosen: Filter) -> None:
    with pytest.raises(UnknownName):
        Selection(predicted, chosen, model_id=0)


def test_an_outcome_needs_a_model(database: Database) -> None:
    with pytest.raises(InvalidFilter, match="add-predictions"):
        Selection(database, where(outcome="fp"))


def test_text_compared_with_a_number_is_an_error(predicted: Database) -> None:
    with pytest.raises(InputError, match="is a number"):
        Selection(predicted, where("confidence < high"), model_id=0)


def test_a_field_in_place_of_a_value_is_an_error(predicted: Database) -> None:
    for condition in ("label != prediction", "prediction = label", "split = random"):
        with pytest.raises(InvalidFilter, match="is a field itself"):
            Selection(predicted, where(condition), model_id=0)


def test_a_value_that_is_called_like_a_field_is_found(database: Database) -> None:
    add_samples(database, ["a.jpg", "b.jpg"], ["split", "dog"])
    assert count_shown(Selection(database, where("label = split"))) == 1


def test_a_model_that_predicted_every_sample_gives_the_same_as_one_that_did_not(database: Database) -> None:
    everything, _ = models.add_model(database, "vit", None)
    models.set_predictions(database, everything.model_id, prediction_table(database, ["cat"] * 6))
    assert keys(database, where("confidence > 0.55")) == ["cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/2.jpg"]
    add_samples(database, ["late.jpg"], ["cat"])
    assert keys(database, where("confidence > 0.55")) == ["cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/2.jpg"]
    assert "late.jpg" in keys(database, Filter())


def test_a_fraction_of_the_samples_is_drawn_by_the_last_bits_of_their_hash(database: Database) -> None:
    keys_of_many = [f"{number}.jpg" for number in range(4000)]
    add_samples(database, keys_of_many, ["cat"] * 4000)
    database.execute("update samples set random = hash(key) / 18446744073709551616")
    selection = Selection(database, Filter())
    drawn = sample_columns(selection, ["random"], fraction=0.25)
    assert drawn["sample_id"].tolist() == sample_columns(selection, [], fraction=0.25)["sample_id"].tolist()
    assert 900 < len(drawn["random"]) < 1100  # 1,001.5 ± 27
    assert drawn["random"].max() > 0.9  # the metric of that name is as spread as among all
