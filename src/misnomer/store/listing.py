"""Samples as rows: the Explorer's list, in any order, and their export."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from misnomer.filters import Filter
from misnomer.store.fields import PREDICTION_METRICS, Field, Source, attribute_columns, quoted
from misnomer.store.selection import Selection

_RIGHT = "p.class_id = s.label_id"


def count_shown(selection: Selection) -> int:
    """Number of samples shown."""
    sql, parameters = selection.sql("count(*)", shown=True)
    return int(selection.database.value(sql, parameters))


def list_samples(
    selection: Selection,
    *,
    sort: str | None = None,
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Samples shown, as records of everything known about them.

    Args:
        sort: a field's name; missing values come last, equal values in the order of the samples.
    """
    fields = _value_fields(selection)
    order = "s.sample_id"
    if sort is not None:
        order = f"{selection.field(sort).sql} {'desc' if descending else 'asc'} nulls last, s.sample_id"
    names = [sort] if sort else []
    page = f"order by {order} " + (f"limit {int(limit)} " if limit is not None else "") + f"offset {int(offset)}"
    picked, parameters = selection.sql("s.sample_id", names=names, tail=page, shown=True)
    ids = [sample_id for (sample_id,) in selection.database.rows(picked, parameters)]
    records = {record["sample_id"]: record for record in _records(selection, fields, ids)}
    return [records[sample_id] for sample_id in ids]


def _records(selection: Selection, fields: Sequence[Field], ids: list[int]) -> Iterator[dict[str, Any]]:
    if not ids:
        return
    table = selection.database.arrow(*_all_columns(selection, fields, ids))
    tags = _tags(selection, ids)
    metadata = attribute_columns(selection.database)
    for row in table.to_pylist():
        yield {
            "sample_id": row["sample_id"],
            "key": row["key"],
            "label": row["label"],
            "split": row["split"],
            "tags": tags.get(row["sample_id"], []),
            "prediction": row["prediction"],
            "confidence": row["confidence"],
            "outcome": row["outcome"],
            "metrics": {f.name: row[f"v{i}"] for i, f in enumerate(fields) if f.is_metric},
            "metadata": {f.name: row[f"v{i}"] for i, f in enumerate(fields) if metadata.get(f.name) == "metadata"},
        }


def _value_fields(selection: Selection) -> list[Field]:
    has_model = selection.model_id is not None
    own = ("key", "label", "split", "prediction", "confidence")
    return [f for f in selection.fields.values() if f.name not in own and (has_model or f.source != "predictions")]


def _all_columns(selection: Selection, fields: Sequence[Field], ids: list[int]) -> tuple[str, list[Any]]:
    has_model = selection.model_id is not None
    model_columns = {
        "prediction": selection.fields["prediction"].sql if has_model else "null::varchar",
        "confidence": "p.confidence" if has_model else "null::double",
        "outcome": _outcome_sql(selection) if has_model else "null::varchar",
    }
    columns = ["s.sample_id", "s.key", f"{selection.fields['label'].sql} as label", "s.split"]
    columns += [f"{sql} as {name}" for name, sql in model_columns.items()]
    columns += [f'{f.sql} as "v{i}"' for i, f in enumerate(fields)]
    everything = Selection(
        selection.database,
        Filter(),
        model_id=selection.model_id,
        missing_policy=selection.missing_policy,
    )
    sources: set[Source] = {f.source for f in fields} | ({"predictions"} if has_model else set())
    only = "where s.sample_id in (select unnest(?::integer[]))"
    sql, parameters = everything.sql(", ".join(columns), sources=sources, tail=only)
    return sql, [*parameters, ids]


def _outcome_sql(selection: Selection) -> str:
    """By the class filter S: right → tp; wrong with prediction ∈ S → fp; wrong with only label ∈ S → fn."""
    if selection.filter.classes is None:
        prediction_in = "p.class_id is not null"
    else:
        class_ids = selection.class_ids(selection.filter.classes)
        prediction_in = f"p.class_id in ({', '.join(map(str, class_ids)) or 'null'})"
    missing = "'fn'" if selection.missing_policy == "wrong" else "null"
    return (
        f"case when s.label_id is null then null when p.class_id is null then {missing} "
        f"when {_RIGHT} then 'tp' when {prediction_in} then 'fp' else 'fn' end"
    )


def _tags(selection: Selection, ids: list[int]) -> dict[int, list[str]]:
    rows = selection.database.rows(
        "select sample_id, list(tag order by tag) from tags "
        "where sample_id in (select unnest(?::integer[])) group by sample_id",
        [ids],
    )
    return dict(rows)


def export_samples(selection: Selection) -> pa.RecordBatchReader:
    """Samples shown as a stream of flat rows: key, label, split, prediction, outcome, tags, every metric and column."""
    has_model = selection.model_id is not None
    fields = [f for f in selection.fields.values() if has_model or f.source != "predictions"]
    columns = [f"{f.sql} as {quoted(f.name)}" for f in fields]
    if has_model:
        columns.append(f"{_outcome_sql(selection)} as outcome")
    columns.append("(select string_agg(tag, '; ' order by tag) from tags t where t.sample_id = s.sample_id) as tags")
    sql, parameters = selection.sql(
        ", ".join(columns), names=[f.name for f in fields], tail="order by s.sample_id", shown=True
    )
    return selection.database.batches(sql, parameters)


def metric_names(selection: Selection, *, of_predictions: bool) -> list[str]:
    """Metrics that the project has, those of the model's own predictions with or without."""
    return [
        f.name
        for f in selection.fields.values()
        if f.is_metric and (of_predictions or f.name not in PREDICTION_METRICS)
    ]
