"""How the values of a metric are spread over the samples of a filter."""

import numpy as np

from misnomer.evaluation.histogram import metric_histogram
from misnomer.project.metrics import project_metrics
from misnomer.project.results import FieldHistogram
from misnomer.store.fields import find_metric
from misnomer.store.selection import Selection
from misnomer.store.statistics import sample_columns


def field_histogram(selection: Selection, field: str, bins: int) -> FieldHistogram:
    """Histogram of a metric over the samples shown.

    Raises:
        UnknownName: there is no such metric or column.
        InputError: it is a column of text.
    """
    find_metric(selection.database, field)
    metric = project_metrics(selection.database)[field]
    values = sample_columns(selection, [field], shown=True)[field]
    known = values[np.isfinite(values)]
    histogram = metric_histogram(field, metric.title, values, bins=bins)
    return FieldHistogram(
        field=field,
        title=metric.title,
        unit=metric.unit,
        low=float(known.min()) if known.size else None,
        high=float(known.max()) if known.size else None,
        **histogram.model_dump(include={"edges", "counts", "below_count", "above_count", "missing_count"}),
    )
