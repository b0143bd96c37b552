"""Samples as rows: the Explorer's list, in any order, and their export."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from misnomer.filters import Filter
from misnomer.store.columns import chosen_ids, metric_column, of_one_state, one_column, take
from misnomer.store.database import Database
from misnomer.store.decisions import is_reviewed
from misnomer.store.fields import OF_REVIEW, Field, Source, attribute_columns, quoted
from misnomer.store.image_metrics import has_image_metrics
from misnomer.store.selection import Selection

_CLASS_NAME = "select name from classes where class_id ="
_RIGHT = "p.class_id = s.label_id"
_FIRST_OF = 64  # as many times more samples than a page's last, and only those up to it are put in order


def count_shown(selection: Selection) -> int:
    """Number of samples shown."""
    return len(chosen_ids(selection, shown=True))


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
    if sort is not None and selection.field(sort).type == "text":
        ids = _page_by_text(selection, sort, descending, limit, offset)
    else:
        end = None if limit is None else offset + limit
        ordered = of_one_state(selection.database, lambda: _ordered_ids(selection, sort, descending, end))
        ids = ordered[offset:end].tolist()
    return sample_records(selection, ids)


def _page_by_text(selection: Selection, sort: str, descending: bool, limit: int | None, offset: int) -> list[int]:
    order = f"{selection.field(sort).sql} {'desc' if descending else 'asc'} nulls last, s.sample_id"
    page = f"order by {order} " + (f"limit {int(limit)} " if limit is not None else "") + f"offset {int(offset)}"
    picked, parameters = selection.sql("s.sample_id", names=[sort], tail=page, shown=True)
    return [sample_id for (sample_id,) in selection.database.rows(picked, parameters)]


def _ordered_ids(selection: Selection, sort: str | None, descending: bool, end: int | None) -> np.ndarray:
    """(n,) int32 ids of the samples shown by a metric, kept since they are paged through."""
    if sort is None:
        return chosen_ids(selection, shown=True)
    column = metric_column(selection, sort)

    sql, parameters = selection.sql("s.sample_id", shown=True)
    question = ("order", *column, selection.model_id, descending, sql, repr(parameters))
    known = selection.database.recall(question)
    if known is not None:
        return np.asarray(known)
    changes = selection.database.changes
    ids = chosen_ids(selection, shown=True)
    values = take(one_column(selection, column), ids)
    if descending:
        values = -values
    if end is not None and end * _FIRST_OF <= len(ids):
        return np.asarray(ids[first_places(values, end)])
    ordered = np.asarray(ids[_ascending(values)])
    selection.database.remember(question, changes, ordered)
    return ordered


def first_places(values: np.ndarray, count: int) -> np.ndarray:
    """The first places by ascending value, NaN last, equal values in their order; the others are not put in order."""
    last = np.partition(values, count - 1)[count - 1] if count else np.nan
    if np.isnan(last):
        return _ascending(values)[:count]
    places = np.flatnonzero(values <= last)
    return np.asarray(places[_ascending(values[places])[:count]])


def _ascending(values: np.ndarray) -> np.ndarray:
    """Places by ascending value, NaN last, equal values in their order; without such the faster sort will do."""
    places = np.argsort(values)
    ordered = values[places]
    return places if np.all(ordered[1:] > ordered[:-1]) else np.argsort(values, kind="stable")


def sample_records(selection: Selection, ids: list[int]) -> list[dict[str, Any]]:
    """Everything known about samples, in the order of their ids given, whatever the filter."""
    records = {record["id"]: record for record in _records(selection, _value_fields(selection), ids)}
    return [records[sample_id] for sample_id in ids]


def sample_record(selection: Selection, sample_id: int) -> dict[str, Any] | None:
    """Everything known about one sample, whatever the filter; None if there is no such sample."""
    return next(_records(selection, _value_fields(selection), [sample_id]), None)


def _records(selection: Selection, fields: Sequence[Field], ids: list[int]) -> Iterator[dict[str, Any]]:
    if not ids:
        return
    table = selection.database.arrow(*_all_columns(selection, fields, ids))
    tags = _tags(selection, ids)
    metadata = attribute_columns(selection.database)
    for row in table.to_pylist():
        yield {
            "id": row["sample_id"],
            "key": row["key"],
            "version": row["version"],
            "label": row["label"],
            "given_label": row["given_label"],
            "split": row["split"],
            "tags": tags.get(row["sample_id"], []),
            "prediction": row["prediction"],
            "confidence": row["confidence"],
            "outcome": row["outcome"],
            "note": row["note"],
            "metrics": {f.name: row[f"v{i}"] for i, f in enumerate(fields) if f.is_metric},
            "metadata": {f.name: row[f"v{i}"] for i, f in enumerate(fields) if metadata.get(f.name) == "metadata"},
        }


def _value_fields(selection: Selection) -> list[Field]:
    has_model = selection.model_id is not None
    own = ("key", "label", *OF_REVIEW, "split", "note", "prediction", "confidence")
    return [f for f in selection.fields.values() if f.name not in own and (has_model or f.source != "predictions")]


def _all_columns(selection: Selection, fields: Sequence[Field], ids: list[int]) -> tuple[str, list[Any]]:
    has_model = selection.model_id is not None
    model_columns = {
        "prediction": selection.fields["prediction"].sql if has_model else "null::varchar",
        "confidence": "p.confidence" if has_model else "null::double",
        "outcome": outcome_sql(selection) if has_model else "null::varchar",
    }
    given = f"({_CLASS_NAME} s.given_label_id)" if selection.labels == "corrected" else "null::varchar"
    columns = [
        "s.sample_id",
        "s.key",
        f"{selection.fields['label'].sql} as label",
        f"{given} as given_label",
        "s.split",
        f"{selection.fields['note'].sql} as note",
    ]
    columns += [f"{sql} as {name}" for name, sql in model_columns.items()]
    columns += [f'{f.sql} as "v{i}"' for i, f in enumerate(fields)]
    sources: set[Source] = {f.source for f in fields} | ({"predictions"} if has_model else set())
    columns.append(f"{_version_sql(measured='image_metrics' in sources)} as version")
    everything = Selection(
        selection.database,
        Filter(),
        model_id=selection.model_id,
        missing_policy=selection.missing_policy,
        labels=selection.labels,
    )
    only = "where s.sample_id in (select unnest(?::integer[]))"
    sql, parameters = everything.sql(", ".join(columns), sources=sources, tail=only)
    return sql, [*parameters, ids]


def sample_names(selection: Selection, sample_ids: list[int]) -> dict[int, dict[str, Any]]:
    """Only key, version and label of samples by id, whatever the filter."""
    everything = Selection(selection.database, Filter(), labels=selection.labels)
    sources: set[Source] = {"image_metrics"} if has_image_metrics(selection.database) else set()
    version = _version_sql(measured=bool(sources))
    columns = f"s.sample_id, s.key, {version} as version, {selection.fields['label'].sql} as label"
    only = "where s.sample_id in (select unnest(?::integer[]))"
    sql, parameters = everything.sql(columns, sources=sources, tail=only)
    rows = selection.database.rows(sql, [*parameters, sample_ids])
    return {row[0]: dict(zip(("key", "version", "label"), row[1:], strict=True)) for row in rows}


def outcome_sql(selection: Selection) -> str:
    """SQL of the outcome by the class filter S: right → tp; wrong, prediction ∈ S → fp; wrong, only label ∈ S → fn."""
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


def _version_sql(*, measured: bool) -> str:
    """Changes when the sample has another image."""
    pixel_hash = "i.pixel_hash" if measured else "''"
    return f"case when s.path is not null then md5(concat_ws('/', s.root_id, s.path, {pixel_hash}))[:10] end"


def image_versions(database: Database, sample_ids: list[int]) -> dict[int, str | None]:
    """The version of the image of a few measured samples."""
    return dict(
        database.rows(
            f"select s.sample_id, {_version_sql(measured=True)} from samples s join image_metrics i using (sample_id) "
            "where s.sample_id in (select unnest(?::integer[]))",
            [sample_ids],
        )
    )


def _tags(selection: Selection, ids: list[int]) -> dict[int, list[str]]:
    rows = selection.database.rows(
        "select sample_id, list(tag order by tag) from tags "
        "where sample_id in (select unnest(?::integer[])) group by sample_id",
        [ids],
    )
    return dict(rows)


def export_samples(selection: Selection) -> pa.RecordBatchReader:
    """Samples shown as a stream of flat rows: key, label, split, prediction, outcome, tags, every metric and column;
    after a review both versions of the labels and the decision."""
    has_model = selection.model_id is not None
    fields = [f for f in selection.fields.values() if has_model or f.source != "predictions"]
    if not is_reviewed(selection.database):
        fields = [f for f in fields if f.name not in OF_REVIEW]
    columns = [f"{f.sql} as {quoted(f.name)}" for f in fields]
    if has_model:
        columns.append(f"{outcome_sql(selection)} as outcome")
    columns.append("(select string_agg(tag, '; ' order by tag) from tags t where t.sample_id = s.sample_id) as tags")
    sql, parameters = selection.sql(
        ", ".join(columns), names=[f.name for f in fields], tail="order by s.sample_id", shown=True
    )
    return selection.database.batches(sql, parameters)
