"""Outliers of a project's metrics."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from misnomer.evaluation.outlier_report import OutlierReport, metric_outliers, with_extremes
from misnomer.evaluation.outliers import Fences, OutlierSearch
from misnomer.evaluation.quartiles import SAMPLE
from misnomer.evaluation.results import Rows
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.project.results import Flag
from misnomer.schema import Metric
from misnomer.store.columns import Column, all_ids, chosen_ids, column_pieces, columns_of, metric_column, of_one_state
from misnomer.store.samples import keys_by_id
from misnomer.store.selection import Selection


def find_outliers(selection: Selection, *, limit: int) -> OutlierReport:
    """Outliers of every metric that describes the samples themselves, with the ``limit`` most extreme of each."""
    database = selection.database
    metrics = project_metrics(database)
    names = image_metric_names(database)
    columns = {name: metric_column(selection, name) for name in names}
    ids, searches = of_one_state(
        database,
        lambda: (ids := chosen_ids(selection, shown=True), _search(selection, list(columns.values()), ids)),
    )
    found = [metric_outliers(metrics[name], searches[columns[name]], limit=limit) for name in names]
    keys = keys_by_id(database, sorted({int(sample_id) for _, extreme_ids, _ in found for sample_id in extreme_ids}))
    reports = [with_extremes(*one, keys) for one in found]
    return OutlierReport(
        sample_count=len(ids),
        metrics=Rows(sorted(reports, key=lambda report: (-report.severe_count, -report.moderate_count))),
    )


def _search(selection: Selection, columns: Sequence[Column], ids: np.ndarray) -> dict[Column, OutlierSearch]:
    """Look for the outliers of columns among some samples, going through all of them at once; remember all samples'
    fences."""
    changes = selection.database.changes
    many = len(ids) > 4 * SAMPLE
    drawn = ids[np.unique(np.random.default_rng(0).integers(len(ids), size=2 * SAMPLE))] if many else ids[:0]
    samples = zip(columns, columns_of(selection, columns, drawn), strict=True)
    searches = {column: OutlierSearch(sample[np.isfinite(sample)]) for column, sample in samples}
    _go_through(selection, searches, ids)
    for column in [column for column, search in searches.items() if search.is_misled]:
        searches[column] = OutlierSearch(np.empty(0))
        _go_through(selection, {column: searches[column]}, ids)
    if len(ids) == len(all_ids(selection)):
        for column, search in searches.items():
            selection.database.remember(("fences", *column), changes, search.fences())
    return searches


def _go_through(selection: Selection, searches: Mapping[Column, OutlierSearch], ids: np.ndarray) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for piece_ids, piece in column_pieces(selection, list(searches), ids):
            adding = [threads.submit(searches[column].add, piece_ids, values) for column, values in piece.items()]
            for one in adding:
                one.result()


def outlier_flags(selection: Selection, values: Mapping[str, float]) -> list[Flag]:
    """Which of a sample's metrics lie beyond the fences of all samples, severe outliers first.

    Args:
        values: the sample's, by metric.
    """
    metrics = project_metrics(selection.database)
    names = [name for name in image_metric_names(selection.database) if name in values]
    found = of_one_state(selection.database, lambda: _fences(selection, names))
    flags = [_flag(metrics[name], values[name], fences) for name, fences in zip(names, found, strict=True)]
    return sorted((flag for flag in flags if flag), key=lambda flag: flag.kind != "severe_outlier")


def _fences(selection: Selection, names: Sequence[str]) -> list[Fences]:
    """Fences of metrics among all samples, which are remembered."""
    columns = [metric_column(selection, name) for name in names]
    known = {column: selection.database.recall(("fences", *column)) for column in columns}
    unknown = [column for column, fences in known.items() if fences is None]
    if unknown:
        searches = _search(selection, unknown, all_ids(selection))
        known |= {column: search.fences() for column, search in searches.items()}
    return [known[column] for column in columns]


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
