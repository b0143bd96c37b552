"""The user's own columns: numeric ones are metrics, others metadata."""

from collections.abc import Mapping

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
    if not columns.num_columns:
        return 0
    with database.transaction():
        names = _ensure_columns(database, columns)
        incoming = pa.table(
            {"sample_id": pa.array(sample_ids, pa.int32()), **{n: columns[o] for o, n in names.items()}}
        )
        values = {n: f"try_cast(n.{quoted(n)} as {_sql_type(database, n)})" for n in names.values()}
        with database.tables(incoming=incoming):
            changed = update_different(database, "attributes", values)
            replaced = int(sum(len(changed) - changed[name].null_count for name in values))
            return replaced + _insert_new(database, values)


def _insert_new(database: Database, values: Mapping[str, str]) -> int:
    """Add the rows of ``incoming`` whose sample has none; returns the number of their cells."""
    new = "from incoming n anti join attributes using (sample_id)"
    cells = database.value(f"select {' + '.join(f'count({value})' for value in values.values())} {new}")
    if cells:
        columns = ", ".join(["sample_id", *map(quoted, values)])
        database.execute(
            f"insert into attributes ({columns}) select {', '.join(['n.sample_id', *values.values()])} {new}"
        )
    return int(cells)


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
