"""Counts over the whole project."""

from collections.abc import Sequence
from dataclasses import dataclass

from misnomer.schema import MissingPolicy
from misnomer.store.database import Database
from misnomer.store.fields import Field


@dataclass(frozen=True)
class ProjectCounts:
    """Samples, those with a label, those with an image."""

    sample_count: int
    labelled_count: int
    image_count: int


@dataclass(frozen=True)
class ModelCoverage:
    """A model, how many samples it predicted, and whether it gave all classes' probabilities."""

    name: str
    predicted_count: int
    probabilities: bool
    missing_policy: MissingPolicy


def project_counts(database: Database) -> ProjectCounts:
    """How many samples there are, how many have a label, how many an image."""
    return ProjectCounts(*database.rows("select count(*), count(label_id), count(path) from samples")[0])


def class_counts(database: Database) -> list[tuple[str, int]]:
    """Labelled samples by class, in class order, classes without any included."""
    return database.rows(
        "select name, coalesce(n, 0) from classes "
        "left join (select label_id, count(*) as n from samples group by label_id) on label_id = class_id "
        "where of_labels order by position nulls last, encode(name)"
    )


def split_counts(database: Database) -> dict[str, int]:
    """Samples by split."""
    return dict(database.rows("select split, count(*) from samples where split is not null group by 1 order by 1"))


def model_coverage(database: Database) -> list[ModelCoverage]:
    """Every model with its coverage."""
    sql = (
        "select name, coalesce(n, 0), coalesce(has_matrix, false), missing_policy from models left join "
        "(select model_id, count(*) as n, bool_or(vector_id is not null) as has_matrix from predictions "
        "group by model_id) using (model_id) order by model_id"
    )
    return [ModelCoverage(*row) for row in database.known(sql, lambda: database.rows(sql))]


def field_counts(database: Database, fields: Sequence[Field]) -> dict[str, int]:
    """Samples that have a value, by field; for a model's metrics, of any model."""
    counts: dict[str, int] = {}
    for source, alias in {"samples": "s", "image_metrics": "i", "neighbor_metrics": "nm", "attributes": "a"}.items():
        of_source = [field for field in fields if field.source == source]
        if of_source:
            values = database.rows(f"select {_counted(of_source)} from {source} {alias}")[0]
            counts |= dict(zip((field.name for field in of_source), values, strict=True))
    for source, alias in {"predictions": "p", "label_checks": "l"}.items():
        of_source = [field for field in fields if field.source == source]
        counts |= _counts_of_any_model(database, of_source, f"{source} {alias}")
    return counts


def _counts_of_any_model(database: Database, fields: Sequence[Field], table: str) -> dict[str, int]:
    """A sample that several models predicted counts once; grouping by sample, which is slow, only where it matters."""
    if not fields:
        return {}
    sample_count = int(database.value("select count(*) from samples"))
    by_model = database.rows(f"select {_counted(fields)} from {table} group by model_id")
    return {
        field.name: _count_once(database, field, table, [row[place] for row in by_model], sample_count)
        for place, field in enumerate(fields)
    }


def _count_once(database: Database, field: Field, table: str, counts: Sequence[int], sample_count: int) -> int:
    greatest = max(counts, default=0)
    if greatest in (sample_count, sum(counts)):
        return greatest
    return int(database.value(f"select count(distinct sample_id) from {table} where {field.sql} is not null"))


def _counted(fields: Sequence[Field]) -> str:
    return ", ".join(f"count({field.sql})" for field in fields)
