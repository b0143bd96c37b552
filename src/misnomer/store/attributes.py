"""The user's own columns: numeric ones are metrics, others metadata."""

import numpy as np
import pyarrow as pa

from misnomer.store.database import Database
from misnomer.store.fields import attribute_columns, list_fields, quoted
from misnomer.store.updates import update_different


def add_attributes(database: Database, sample_ids: np.ndarray, columns: pa.Table) -> int:
    """Set the user's columns of samples: numeric ones are metrics, others metadata. A null changes nothing.

    Returns:
        Number of cells that changed.
    """
    changed = 0
    with database.transaction():
        names = _ensure_columns(database, columns)
        incoming = pa.table(
            {"sample_id": pa.array(sample_ids, pa.int32()), **{n: columns[o] for o, n in names.items()}}
        )
        with database.tables(incoming=incoming):
            database.execute(
                "insert into attributes (sample_id) "
                "select sample_id from incoming anti join attributes using (sample_id)"
            )
            for name in names.values():
                value = f"try_cast(n.{quoted(name)} as {_sql_type(database, name)})"
                changed += len(update_different(database, "attributes", quoted(name), value=value))
    return changed


def _sql_type(database: Database, name: str) -> str:
    return "double" if attribute_columns(database)[name] == "metric" else "varchar"


def _ensure_columns(database: Database, columns: pa.Table) -> dict[str, str]:
    """Columns that exist from now on; one that would hide a name of ours gets ``_`` behind it."""
    stored = {}
    known = attribute_columns(database)
    ours = {name.lower() for name in list_fields(database)} - {name.lower() for name in known} | {"sample_id"}
    lower_known = {name.lower(): name for name in known}
    for field in columns.schema:
        name = f"{field.name}_" if field.name.lower() in ours else field.name
        if name.lower() in lower_known:
            stored[field.name] = lower_known[name.lower()]
            continue
        is_number = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        database.execute(f"alter table attributes add column {quoted(name)} {'double' if is_number else 'varchar'}")
        database.execute(
            "insert into attribute_columns values (?, ?, ?)",
            [name, "metric" if is_number else "metadata", len(lower_known)],
        )
        lower_known[name.lower()] = name
        stored[field.name] = name
    return stored
