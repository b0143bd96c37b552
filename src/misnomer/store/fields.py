"""What a filter, a sort or a chart may name: metrics, the user's columns, and the sample's own fields."""

from dataclasses import dataclass
from typing import Literal

from misnomer.errors import InputError, UnknownName
from misnomer.store.database import Database

Source = Literal["samples", "image_metrics", "attributes", "predictions"]
FieldType = Literal["number", "text"]

PREDICTION_METRICS = ("confidence", "margin", "prediction_entropy", "least_confidence", "variance")
IMAGE_RECORD_COLUMNS = ("sample_id", "pixel_hash", "perceptual_hash", "problem", "problem_detail")

_SAMPLE_FIELDS = {
    "key": "s.key",
    "label": "(select name from classes where class_id = s.label_id)",
    "split": "s.split",
}


@dataclass(frozen=True)
class Field:
    """A name that can be asked for, the SQL that gives it, and the table that must be joined for it."""

    name: str
    sql: str
    type: FieldType
    source: Source
    is_metric: bool


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def list_fields(database: Database) -> dict[str, Field]:
    """Every field of the project by name; a user's column never hides one of ours."""
    fields = {name: Field(name, sql, "text", "samples", False) for name, sql in _SAMPLE_FIELDS.items()}
    fields["prediction"] = Field(
        "prediction", "(select name from classes where class_id = p.class_id)", "text", "predictions", False
    )
    for name in PREDICTION_METRICS:
        sql = "(1 - p.confidence)" if name == "least_confidence" else f"p.{name}"
        fields[name] = Field(name, sql, "number", "predictions", True)
    fields["random"] = Field("random", "s.random", "number", "samples", True)
    for name in image_metric_columns(database):
        fields[name] = Field(name, f"i.{quoted(name)}", "number", "image_metrics", True)
    for name, role in attribute_columns(database).items():
        is_metric = role == "metric"
        field_type: FieldType = "number" if is_metric else "text"
        fields.setdefault(name, Field(name, f"a.{quoted(name)}", field_type, "attributes", is_metric))
    return fields


def find_field(database: Database, name: str) -> Field:
    """One field by its name.

    Raises:
        UnknownName: there is none; suggests the nearest.
    """
    fields = list_fields(database)
    if name not in fields:
        raise UnknownName("metric or column", name, fields)
    return fields[name]


def find_metric(database: Database, name: str) -> Field:
    """One metric by its key.

    Raises:
        UnknownName: there is no metric or column of this name.
        InputError: it is a column of text.
    """
    field = find_field(database, name)
    if not field.is_metric:
        metrics = [f.name for f in list_fields(database).values() if f.is_metric]
        raise InputError(f"{name!r} is text, not a metric.", hint=f"Metrics: {', '.join(metrics)}")
    return field


def image_metric_columns(database: Database) -> list[str]:
    """Metrics of the images that have a column, computed or not."""
    rows = database.rows(
        "select column_name from information_schema.columns where table_name = 'image_metrics' "
        "order by ordinal_position"
    )
    return [name for (name,) in rows if name not in IMAGE_RECORD_COLUMNS]


def attribute_columns(database: Database) -> dict[str, str]:
    """The user's columns and their roles: metric or metadata."""
    return dict(database.rows("select name, role from attribute_columns order by position"))
