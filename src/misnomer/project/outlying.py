"""Outliers of a project's metrics."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from misnomer.evaluation.outlier_report import OutlierReport, metric_outliers, with_extremes
from misnomer.evaluation.outliers import Fences, fences
from misnomer.evaluation.results import Rows
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.project.results import Flag
from misnomer.schema import Metric
from misnomer.store.columns import metric_column, one_column
from misnomer.store.samples import keys_by_id
from misnomer.store.selection import Selection
from misnomer.store.statistics import sample_columns


def find_outliers(selection: Selection, *, limit: int) -> OutlierReport:
    """Outliers of every metric that describes the samples themselves, with the ``limit`` most extreme of each."""
    database = selection.database
    metrics = project_metrics(database)
    names = image_metric_names(database)
    columns = sample_columns(selection, names, shown=True)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = list(threads.map(lambda name: metric_outliers(metrics[name], columns[name], limit=limit), names))
    sample_ids = columns["sample_id"]
    wanted = {int(sample_ids[row]) for _, rows in found for row in rows}
    keys = keys_by_id(database, sorted(wanted))
    reports = [
        with_extremes(summary, columns[summary.metric], rows, {int(row): keys[int(sample_ids[row])] for row in rows})
        for summary, rows in found
    ]
    return OutlierReport(
        sample_count=len(sample_ids),
        metrics=Rows(sorted(reports, key=lambda report: (-report.severe_count, -report.moderate_count))),
    )


def outlier_flags(selection: Selection, values: Mapping[str, float]) -> list[Flag]:
    """Which of a sample's metrics lie beyond the fences of all samples, severe outliers first.

    Args:
        values: the sample's, by metric.
    """
    metrics = project_metrics(selection.database)
    names = [name for name in image_metric_names(selection.database) if name in values]
    flags = [_flag(metrics[name], values[name], _fences(selection, name)) for name in names]
    return sorted((flag for flag in flags if flag), key=lambda flag: flag.kind != "severe_outlier")


def _fences(selection: Selection, name: str) -> Fences:
    column = metric_column(selection, name)
    found: Fences = selection.database.known(("fences", *column), lambda: fences(one_column(selection, column)))
    return found


def _flag(metric: Metric, value: float, found: Fences) -> Flag | None:
    if found.moderate_fences is None or found.severe_fences is None:
        return None
    low, high = found.moderate_fences
    if low <= value <= high:
        return None
    is_severe = not found.severe_fences[0] <= value <= found.severe_fences[1]
    beyond = f"below {_text(low)}" if value < low else f"above {_text(high)}"
    said = f"{'Severe outlier' if is_severe else 'Outlier'}: {metric.title} {_text(value)} is {beyond}."
    return Flag(kind="severe_outlier" if is_severe else "outlier", sentence=said)


def _text(value: float) -> str:
    """To four digits, whole thousands in full: 0.3052, 48,213."""
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}").replace("-", "−")
