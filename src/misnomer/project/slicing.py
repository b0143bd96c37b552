"""Where a model of a project is worse than elsewhere."""

import numpy as np

from misnomer.evaluation.class_filter import membership, selected_indices
from misnomer.evaluation.slice_report import NamedFeature, SliceReport, metric_feature, slice_report, value_feature
from misnomer.evaluation.slices import MINIMUM_SUPPORT
from misnomer.project.evaluating import ClassIndex
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.store.fields import attribute_columns
from misnomer.store.selection import Selection
from misnomer.store.statistics import sample_columns, text_columns

_CONTROL = "random"  # a metric that is noise by its making


def find_slices(
    selection: Selection, model: str, *, minimum_support: int | None, limit: int | None, level: float | None
) -> SliceReport:
    """Slices by label, split, the user's columns of text and the metrics of images, and by any two of them."""
    database = selection.database
    classes = ClassIndex.of(database)
    metrics = project_metrics(database)
    names = [name for name in image_metric_names(database) if name != _CONTROL]
    texts = ["split", *(name for name, role in attribute_columns(database).items() if role == "metadata")]
    columns = sample_columns(selection, names, compared_only=True)
    labels, predictions = classes.indices(columns["label_id"]), classes.indices(columns["class_id"])
    chosen = selected_indices(selection.filter.classes, classes.names)
    counted = membership(chosen, len(classes.names))[labels]
    features: dict[str, NamedFeature] = {
        "label": value_feature("label", "label", labels[counted].astype(np.int64), classes.names)
    }
    for name, (codes, values) in text_columns(selection, texts, columns["sample_id"]).items():
        features[name] = value_feature(name, name, codes[counted], values)
    for name in names:
        features[name] = metric_feature(name, metrics[name].title, columns[name][counted])
    return slice_report(
        model,
        (labels == predictions)[counted],
        features,
        minimum_support=MINIMUM_SUPPORT if minimum_support is None else minimum_support,
        limit=limit,
        level=level,
    )
