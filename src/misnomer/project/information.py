"""What is in a project."""

from collections import Counter
from collections.abc import Iterator

from misnomer import settings
from misnomer.project.computing import STEPS
from misnomer.project.computing.step import Step
from misnomer.project.import_reports import summary_of
from misnomer.project.metrics import project_metrics
from misnomer.project.results import (
    IMAGE_FILES,
    ClassSummary,
    ImportFinding,
    ImportSummary,
    MetricSummary,
    ModelSummary,
    ProjectInfo,
    StepSummary,
)
from misnomer.readers.report import Finding
from misnomer.store import image_metrics, summary, tags
from misnomer.store.database import Database
from misnomer.store.fields import attribute_columns, list_fields
from misnomer.store.imports import imports

_REASONS_PER_KIND = 8


def project_info(database: Database) -> ProjectInfo:
    """Counts, models, metrics, what is computed, and the import reports with the images that could not be read."""
    counts = summary.project_counts(database)
    key_limit = settings.get_int("report_keys")
    return ProjectInfo(
        path=str(database.directory),
        sample_count=counts.sample_count,
        labelled_count=counts.labelled_count,
        image_count=counts.image_count,
        classes=tuple(ClassSummary(name=name, sample_count=count) for name, count in summary.class_counts(database)),
        splits=summary.split_counts(database),
        tags=tags.tag_counts(database),
        models=tuple(ModelSummary(**vars(model)) for model in summary.model_coverage(database)),
        metrics=_metrics(database),
        metadata=tuple(name for name, role in attribute_columns(database).items() if role == "metadata"),
        computed=tuple(_step(database, step) for step in STEPS.values()),
        report=(
            *(summary_of(stored, key_limit=key_limit) for stored in imports(database, key_limit=key_limit)),
            *_image_problems(database, key_limit),
        ),
    )


def _step(database: Database, step: Step) -> StepSummary:
    done, total = step.count(database)
    return StepSummary(step=step.name, done=done, total=total)


def _metrics(database: Database) -> tuple[MetricSummary, ...]:
    known = summary.field_counts(database, [f for f in list_fields(database).values() if f.is_metric])
    return tuple(
        MetricSummary(
            metric=key,
            title=metric.title,
            description=metric.description,
            unit=metric.unit,
            sample_count=known[key],
        )
        for key, metric in project_metrics(database).items()
    )


def _image_problems(database: Database, key_limit: int) -> tuple[ImportSummary, ...]:
    """What could not be measured, as an import report of its own."""
    problems = image_metrics.image_problems(database)
    if not problems:
        return ()
    return (
        ImportSummary(
            content="images",
            source=IMAGE_FILES,
            format="what measuring them met",
            counts={"measured": image_metrics.count_measured(database)},
            findings=tuple(_findings(problems, key_limit)),
        ),
    )


def _findings(problems: list[tuple[str, str, str]], key_limit: int) -> Iterator[ImportFinding]:
    """A finding a kind and reason; the rare reasons of a kind with many, such as file names, share one.

    Args:
        problems: kind, key, detail.
    """
    own = _reasons_of_their_own([(kind, detail) for kind, _, detail in problems])
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, key, detail in problems:
        found.setdefault((kind, detail if (kind, detail) in own else ""), []).append((key, detail))
    for (kind, detail), rows in found.items():
        detail = detail or f"for example: {rows[0][1]}"
        keys = tuple(key for key, _ in rows[:key_limit])
        yield ImportFinding(
            kind=kind,
            count=len(rows),
            sentence=Finding(kind, len(rows), detail=detail).sentence,
            detail=detail,
            keys=keys,
        )


def _reasons_of_their_own(reasons: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """All reasons of a kind that has few; else the commonest that occur more than once."""
    counts = Counter(reasons)
    reasons_of_kind = Counter(kind for kind, _ in counts)
    own: Counter[str] = Counter()
    chosen = set()
    for (kind, detail), count in counts.most_common():
        if reasons_of_kind[kind] <= _REASONS_PER_KIND or (count > 1 and own[kind] < _REASONS_PER_KIND):
            own[kind] += 1
            chosen.add((kind, detail))
    return chosen
