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
        "select name, count(sample_id) from classes left join samples on label_id = class_id "
        "where of_labels group by name, position order by position nulls last, encode(name)"
    )


def split_counts(database: Database) -> dict[str, int]:
    """Samples by split."""
    return dict(database.rows("select split, count(*) from samples where split is not null group by 1 order by 1"))


def model_coverage(database: Database) -> list[ModelCoverage]:
    """Every model with its coverage."""
    rows = database.rows(
        "select name, count(sample_id), coalesce(bool_or(vector_id is not null), false), missing_policy "
        "from models left join predictions using (model_id) group by model_id, name, missing_policy order by model_id"
    )
    return [ModelCoverage(*row) for row in rows]


def field_counts(database: Database, fields: Sequence[Field]) -> dict[str, int]:
    """Samples that have a value, by field; for a model's metrics, of any model."""
    aliases = {"samples": "s", "image_metrics": "i", "attributes": "a", "predictions": "p"}
    counts: dict[str, int] = {}
    for source, alias in aliases.items():
        of_source = [field for field in fields if field.source == source]
        if of_source:
            # A sample that several models predicted counts once.
            value, once = ("max({})", "group by sample_id") if source == "predictions" else ("{}", "")
            columns = ", ".join(f"{value.format(field.sql)} as v{i}" for i, field in enumerate(of_source))
            counted = ", ".join(f"count(v{i})" for i in range(len(of_source)))
            values = database.rows(f"select {counted} from (select {columns} from {source} {alias} {once})")[0]
            counts |= dict(zip((field.name for field in of_source), values, strict=True))
    return counts
