"""Predictions: replaced sample by sample, kept aside without one, looked up again when a label changes."""

import pyarrow as pa
import pytest

from misnomer.errors import InputError, UnknownName
from misnomer.store import models
from misnomer.store.database import Database
from misnomer.store.summary import model_coverage
from tests.unit.store.conftest import PREDICTIONS, prediction_table


def test_the_same_predictions_again_change_nothing(predicted: Database) -> None:
    table = prediction_table(predicted, PREDICTIONS)
    assert models.set_predictions(predicted, 0, table) == {"added": 0, "replaced": 0}


def test_a_newer_prediction_replaces_the_older(predicted: Database) -> None:
    table = prediction_table(predicted, ["cat", "cat", "dog", "eel", "eel"])
    assert models.set_predictions(predicted, 0, table) == {"added": 1, "replaced": 1}
    assert model_coverage(predicted)[0].predicted_count == 6


def test_another_policy_is_a_change(predicted: Database) -> None:
    assert models.add_model(predicted, "resnet", None)[1] is False
    model, changed = models.add_model(predicted, "resnet", "wrong")
    assert (model.missing_policy, changed) == ("wrong", True)
    assert models.find_model(predicted, "resnet").missing_policy == "wrong"


def test_the_only_model_needs_no_name(predicted: Database) -> None:
    assert models.find_model(predicted, None).name == "resnet"


def test_one_of_several_models_needs_a_name(predicted: Database) -> None:
    models.add_model(predicted, "vit", None)
    with pytest.raises(InputError, match="resnet, vit"):
        models.find_model(predicted, None)


def test_an_unknown_model_suggests_the_nearest(predicted: Database) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'resnet'"):
        models.find_model(predicted, "resnt")


def test_without_any_model_the_error_says_how_to_add_one(database: Database) -> None:
    with pytest.raises(InputError, match="add-predictions"):
        models.find_model(database, None)


def test_what_is_kept_aside_is_found_again_and_forgotten(predicted: Database) -> None:
    rows = prediction_table(predicted, ["cat", "dog"]).drop_columns(["sample_id"])
    aside = rows.append_column("key", pa.array(["new/1.jpg", "new/2.jpg"]))
    assert models.keep_unmatched_predictions(predicted, 0, aside) == 2
    assert models.keep_unmatched_predictions(predicted, 0, aside) == 0
    assert models.unmatched_predictions(predicted)["key"].to_pylist() == ["new/1.jpg", "new/2.jpg"]
    models.forget_unmatched_predictions(predicted, pa.table({"model_id": [0], "key": ["new/1.jpg"]}))
    assert models.unmatched_predictions(predicted)["key"].to_pylist() == ["new/2.jpg"]
