"""What the report of a project tells: every model's evaluation, with examples, on a filter's samples."""

import base64
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from misnomer.evaluation.histogram import metric_histogram
from misnomer.evaluation.results import Evaluation
from misnomer.filters import Condition, Filter
from misnomer.project.computing import resolve_locations
from misnomer.project.evaluating import by_metric, evaluate
from misnomer.project.information import project_info
from misnomer.project.metrics import image_metric_names, project_metrics
from misnomer.project.progress import Progress
from misnomer.project.results import ProjectInfo
from misnomer.store import samples
from misnomer.store.database import Database
from misnomer.store.listing import list_samples
from misnomer.store.models import Model, models
from misnomer.store.selection import Selection
from misnomer.store.statistics import class_counts, sample_columns
from misnomer.writers.report import Example, Histogram, ReportContent, write_report
from misnomer.writers.report_parts import EXAMPLES_PER_PAIR, METRICS, MODELS, PAIRS

_THUMBNAIL_PX = 96


def write_project_report(database: Database, path: Path, filter: Filter, progress: Progress) -> Path:
    """Write the report of every model to one HTML file; returns its path."""
    from misnomer import __version__

    known = models(database)
    evaluations = []
    for done, model in enumerate(known):
        progress("report", done, len(known) + 1)
        evaluations.append(evaluate(database, model, filter))
    metrics = project_metrics(database)
    info = project_info(database)
    first_metrics = _worth_a_chart(evaluations)
    histograms, constants = _distributions(database, filter)
    content = ReportContent(
        title=database.directory.resolve().stem,
        created=datetime.now().astimezone(),
        version=__version__,
        summary=_summary(database, info, filter),
        evaluations=evaluations,
        by_metric={
            model.name: [by_metric(database, model, filter, metric) for metric in first_metrics]
            for model in known[:MODELS]
        },
        metric_units={key: metric.unit for key, metric in metrics.items()},
        histograms=histograms,
        constants=constants,
        class_balance=class_counts(Selection(database, _of_samples(filter))),
        examples=_all_examples(database, known, evaluations, filter),
        import_reports=info.report,
    )
    write_report(path, content)
    progress("report", len(known) + 1, len(known) + 1)
    return path


def _of_samples(filter: Filter) -> Filter:
    """The part of a filter that needs no model."""
    return replace(filter, outcome=None)


def _worth_a_chart(evaluations: Sequence[Evaluation]) -> list[str]:
    """The metrics that tell most about any model being right, most first."""
    best: dict[str, float] = {}
    for evaluation in evaluations:
        for row in evaluation.importance or ():
            best[row.metric] = max(best.get(row.metric, 0.0), row.importance - row.noise_floor)
    return sorted(best, key=lambda metric: -best[metric])[:METRICS]


def _summary(database: Database, info: ProjectInfo, filter: Filter) -> dict[str, str]:
    counts = {
        "Samples": f"{info.sample_count:,}",
        "Labelled": f"{info.labelled_count:,}",
        "Classes": f"{len(info.classes):,}",
        "Models": f"{len(info.models):,}",
    }
    if info.splits:
        counts["Splits"] = ", ".join(f"{name} {count:,}" for name, count in list(info.splits.items())[:6])
    return counts | {"Filter": _filter_text(filter)}


def _filter_text(filter: Filter) -> str:
    parts = [f"{name} {', '.join(values)}" for name, values in _listed(filter) if values]
    parts += [str(condition) for condition in filter.where]
    if filter.outcome:
        parts.append(f"outcome {filter.outcome}")
    if filter.text:
        parts.append(f"key contains {filter.text!r}")
    return "; ".join(parts) or "all samples"


def _listed(filter: Filter) -> list[tuple[str, Sequence[str]]]:
    return [("classes", filter.classes or ()), ("tags", filter.tags), ("splits", filter.splits)]


def _distributions(database: Database, filter: Filter) -> tuple[list[Histogram], dict[str, str]]:
    """Histograms of the metrics of images, and the values of those that are constant."""
    selection = Selection(database, _of_samples(filter))
    names = image_metric_names(database)
    columns = sample_columns(selection, names, shown=True)
    metrics = project_metrics(database)
    histograms, constants = [], {}
    for name in names:
        found, unit = metric_histogram(name, metrics[name].title, columns[name]), metrics[name].unit
        if len(found.counts) > 1:
            beyond = found.below_count, found.above_count
            histograms.append(Histogram(found.title, unit, found.edges, found.counts, beyond))
        elif found.counts:
            constants[found.title] = f"{sum(found.edges) / 2:,.6g} {unit}".strip()
    return histograms, constants


def _all_examples(
    database: Database, known: Sequence[Model], evaluations: Sequence[Evaluation], filter: Filter
) -> Mapping[tuple[str, str, str], Sequence[Example]]:
    """Thumbnails of real samples of the most confused pairs, the surest mistakes first."""
    examples = {}
    for model, evaluation in zip(known[:MODELS], evaluations, strict=False):
        for pair in evaluation.confused_pairs[:PAIRS]:
            of_pair = (Condition("label", "=", pair.label), Condition("prediction", "=", pair.prediction))
            chosen = replace(filter, classes=None, where=(*filter.where, *of_pair))
            selection = Selection(database, chosen, model_id=model.model_id, missing_policy=model.missing_policy)
            records = list_samples(selection, sort="confidence", descending=True, limit=EXAMPLES_PER_PAIR)
            examples[model.name, pair.label, pair.prediction] = _examples(database, records)
    return examples


def _examples(database: Database, records: list[dict[str, object]]) -> list[Example]:
    from misnomer.features.files import read_image_file
    from misnomer.features.problem import DecodeProblem
    from misnomer.features.thumbnails import thumbnail

    located = samples.image_locations(database, [int(str(record["id"])) for record in records])
    locations = dict(zip(located["key"].to_pylist(), resolve_locations(located, database.directory), strict=True))
    examples = []
    for key in (str(record["key"]) for record in records if record["key"] in locations):
        with contextlib.suppress(DecodeProblem):  # told in the import report
            image = thumbnail(read_image_file(locations[key]), _THUMBNAIL_PX)
            examples.append(Example(key, f"data:image/webp;base64,{base64.b64encode(image).decode()}"))
    return examples
