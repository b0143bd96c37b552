"""What a filter, a sort or a chart may name, as pickers show it."""

from typing import Literal

from misnomer.errors import InputError
from misnomer.project.metrics import project_metrics
from misnomer.project.results import FieldInfo, FieldValue, FieldValues
from misnomer.store.database import Database
from misnomer.store.decisions import is_reviewed
from misnomer.store.fields import OF_REVIEW, Field, list_fields
from misnomer.store.label_checks import check_runs
from misnomer.store.models import models
from misnomer.store.selection import Selection
from misnomer.store.statistics import top_values

_OF_SAMPLES = {
    "key": ("Key", "The path or the name of the sample."),
    "label": ("Label", "The class that the sample is labelled as."),
    "split": ("Split", "The part of the data that the sample belongs to."),
    "note": ("Note", "What somebody wrote about the sample."),
    "given_label": ("Given Label", "The label as it was given, whatever a review says."),
    "corrected_label": ("Corrected Label", "The label after the decisions of the review."),
    "decision": ("Decision", "What a review says of the label: keep, correct or skip."),
    "suspected": ("Suspected Label", "Whether the label is probably wrong."),
    "suggested_label": ("Suggested Label", "The class that most speaks against the label."),
    "prediction": ("Prediction", "The class that the model predicts."),
}


def field_list(database: Database) -> tuple[FieldInfo, ...]:
    """Every field, those of predictions only where there is a model."""
    has_model = bool(models(database))
    reviewed, checked = is_reviewed(database), bool(check_runs(database))
    metrics = project_metrics(database)
    fields = []
    for field in list_fields(database).values():
        if field.source == "predictions" and not has_model:
            continue
        if (field.name in OF_REVIEW and not reviewed) or (field.source == "label_checks" and not checked):
            continue
        if field.is_metric:
            metric = metrics[field.name]
            title, unit, description = metric.title, metric.unit, metric.description
        else:
            (title, description), unit = _OF_SAMPLES.get(field.name, (field.name, "A column of yours.")), ""
        fields.append(
            FieldInfo(
                name=field.name,
                title=title,
                type=field.type,
                kind=_kind(field),
                unit=unit,
                description=description,
            )
        )
    return tuple(fields)


def _kind(field: Field) -> Literal["metric", "prediction", "metadata", "sample"]:
    if field.source == "predictions":
        return "prediction"
    if field.is_metric:
        return "metric"
    return "metadata" if field.source == "attributes" else "sample"


def field_values(everything: Selection, name: str, text: str, limit: int) -> FieldValues:
    """The most frequent values of a field of text that have ``text`` in them, in capitals or not.

    Raises:
        InputError: the field has numbers.
    """
    if everything.field(name).type != "text":
        raise InputError(f"{name} has numbers, not a few values.", hint="Ask for its histogram.")
    found = top_values(everything, name, limit + 1, text)
    values = tuple(FieldValue(value=value, sample_count=count) for value, count in found[:limit])
    return FieldValues(values=values, has_more=len(found) > limit)
