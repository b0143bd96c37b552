"""What a filter, a sort or a chart may name: metrics, the user's columns, and the sample's own fields."""

from dataclasses import dataclass
from typing import Literal

from misnomer.errors import InputError, UnknownName
from misnomer.store.database import Database

Source = Literal[
    "samples", "image_metrics", "neighbor_metrics", "attributes", "predictions", "label_checks", "map_points"
]
FieldType = Literal["number", "text"]

# What a field's SQL calls the table that it comes from.
ALIASES: dict[Source, str] = {
    "samples": "s",
    "image_metrics": "i",
    "neighbor_metrics": "nm",
    "attributes": "a",
    "predictions": "p",
    "label_checks": "l",
    "map_points": "m",
}

OF_MODELS: tuple[Source, ...] = ("predictions", "label_checks")  # which have rows of several models

# The highest probability besides the label's: the runner-up's where the prediction is the label.
_RIVAL = "case when p.class_id = p.label_id then p.confidence - p.margin else p.confidence end"
PREDICTION_METRICS = {
    "confidence": "p.confidence",
    "margin": "p.margin",
    "prediction_entropy": "p.prediction_entropy",
    "least_confidence": "(1 - p.confidence)",
    "variance": "p.variance",
    "prediction_agreement": "p.prediction_agreement",
    "self_confidence": "p.label_probability",
    "normalized_margin": f"((p.label_probability - {_RIVAL} + 1) / 2)",
    "label_quality": "l.label_quality",
}
NEIGHBOR_METRICS = ("annotation_quality", "uniqueness", "diversity")
IMAGE_RECORD_COLUMNS = ("sample_id", "pixel_hash", "perceptual_hash", "mirrored_hash", "problem", "problem_detail")

_OF_MODEL: dict[str, FieldType] = {"prediction": "text", "confidence": "number", "correct": "text"}

# What a review adds: both versions of the labels, beside ``label``, the one that is asked for, and what was decided.
OF_REVIEW = {
    "given_label": "(select name from samples g join classes on class_id = g.label_id where g.sample_id = s.sample_id)",
    "corrected_label": "(select name from samples g left join corrected_labels c using (sample_id) "
    "join classes on class_id = coalesce(c.label_id, g.label_id) where g.sample_id = s.sample_id)",
    "decision": "(select arg_max(action, decision_id) from decisions d "
    "where undone_at is null and d.sample_id = s.sample_id)",
}
_SAMPLE_FIELDS = {
    "key": "s.key",
    "label": "(select name from classes where class_id = s.label_id)",
    "split": "s.split",
    "note": "(select note from notes n where n.sample_id = s.sample_id)",
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
    fields: dict[str, Field] = database.known("fields", lambda: _read_fields(database))
    return dict(fields)


def _read_fields(database: Database) -> dict[str, Field]:
    of_samples = _SAMPLE_FIELDS | OF_REVIEW
    fields = {name: Field(name, sql, "text", "samples", False) for name, sql in of_samples.items()}
    fields["prediction"] = Field(
        "prediction", "(select name from classes where class_id = p.class_id)", "text", "predictions", False
    )
    for name, sql in PREDICTION_METRICS.items():
        fields[name] = Field(name, sql, "number", "label_checks" if sql.startswith("l.") else "predictions", True)
    fields["suspected"] = Field("suspected", "l.suspected::varchar", "text", "label_checks", False)
    fields["suggested_label"] = Field(
        "suggested_label", "(select name from classes where class_id = l.suggested_id)", "text", "label_checks", False
    )
    fields["random"] = Field("random", "s.random", "number", "samples", True)
    for name in image_metric_columns(database):
        fields[name] = Field(name, f"i.{quoted(name)}", "number", "image_metrics", True)
    if database.value("select exists (from neighbor_metrics)"):
        for name in NEIGHBOR_METRICS:
            fields[name] = Field(name, f"nm.{name}", "number", "neighbor_metrics", True)
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


def field_of_model(database: Database, name: str) -> Field | None:
    """``prediction@MODEL``, ``confidence@MODEL`` or ``correct@MODEL`` (true, false): of any model.

    None for a name that is not of this form, or that means another field.

    Raises:
        UnknownName: there is no such model.
    """
    kind, _, model = name.partition("@")
    if kind not in _OF_MODEL or not model:
        return None
    known = {row[0]: row[1:] for row in database.rows("select name, model_id, missing_policy from models order by 2")}
    if model not in known:
        raise UnknownName("model", model, known)
    model_id, policy = known[model]
    predicted = f"from predictions q where q.model_id = {model_id} and q.sample_id = s.sample_id"
    class_id = f"(select class_id {predicted})"
    missing = "'false'" if policy == "wrong" else "null"
    sql = {
        "prediction": f"(select name from classes where class_id = {class_id})",
        "confidence": f"(select confidence {predicted})",
        "correct": f"case when s.label_id is null then null when {class_id} is null then {missing} "
        f"when {class_id} = s.label_id then 'true' else 'false' end",
    }[kind]
    return Field(name, sql, _OF_MODEL[kind], "samples", kind == "confidence")


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
