"""What is handed over to other tools: samples shown, with their images and what a model says of them."""

import pyarrow as pa

from misnomer.store.fields import image_metric_columns
from misnomer.store.samples import LOCATION_COLUMNS
from misnomer.store.selection import Selection


def handover_rows(selection: Selection, *, by_key: bool) -> pa.RecordBatchReader:
    """Samples shown: key, location and relative (of the root), path, label, suggestion, score, tags, width, height.

    Args:
        by_key: in the order of the keys, by code point; else in the order of the samples.
    """
    has_model = selection.model_id is not None
    measured = set(image_metric_columns(selection.database))
    columns = {
        "key": "s.key",
        **{name: f"(select {name} from roots r where r.root_id = s.root_id)" for name in LOCATION_COLUMNS},
        "path": "s.path",
        "label": selection.fields["label"].sql,
        "suggestion": selection.fields["prediction"].sql if has_model else "null::varchar",
        "score": "p.confidence" if has_model else "null::double",
        "tags": "(select string_agg(tag, ', ' order by tag) from tags t where t.sample_id = s.sample_id)",
        **{name: f"i.{name}" if name in measured else "null::integer" for name in ("width", "height")},
    }
    sql, parameters = selection.sql(
        ", ".join(f"{sql} as {name}" for name, sql in columns.items()),
        sources=[*(["predictions"] if has_model else []), *(["image_metrics"] if measured else [])],  # type: ignore[list-item]
        tail="order by encode(s.key)" if by_key else "order by s.sample_id",
        shown=True,
    )
    return selection.database.batches(sql, parameters, rows=8192)
