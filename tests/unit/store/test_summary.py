"""Counts over the whole project."""

from misnomer.store import models
from misnomer.store.database import Database
from misnomer.store.fields import list_fields
from misnomer.store.summary import class_counts, field_counts, model_coverage, project_counts
from tests.unit.store.conftest import PREDICTIONS, prediction_table


def test_a_metric_of_predictions_counts_samples_not_predictions(predicted: Database) -> None:
    second, _ = models.add_model(predicted, "vit", None)
    models.set_predictions(predicted, second.model_id, prediction_table(predicted, PREDICTIONS[:2]))
    fields = list_fields(predicted)
    assert field_counts(predicted, [fields["confidence"], fields["random"]]) == {"confidence": 5, "random": 6}


def test_classes_count_their_labelled_samples(database: Database) -> None:
    assert class_counts(database) == [("cat", 2), ("dog", 2), ("eel", 1)]


def test_samples_labels_and_images_are_counted(database: Database) -> None:
    counts = project_counts(database)
    assert (counts.sample_count, counts.labelled_count, counts.image_count) == (6, 5, 6)


def test_coverage_says_whether_probabilities_were_given(predicted: Database) -> None:
    (model,) = model_coverage(predicted)
    assert (model.name, model.predicted_count, model.probabilities) == ("resnet", 5, False)


def test_a_metric_of_several_models_counts_each_sample_that_any_of_them_predicted(predicted: Database) -> None:
    fields = list_fields(predicted)
    second, _ = models.add_model(predicted, "vit", None)
    models.set_predictions(predicted, second.model_id, prediction_table(predicted, [None, None, None, None, "eel"]))
    assert field_counts(predicted, [fields["confidence"]]) == {"confidence": 6}
    assert field_counts(predicted, [fields["margin"]]) == {"margin": 0}


def test_no_model_is_no_sample_with_a_confidence(database: Database) -> None:
    assert field_counts(database, [list_fields(database)["confidence"]]) == {"confidence": 0}
