"""Updates that touch, and count, only what differs: the same command twice changes nothing."""

from collections.abc import Mapping

import pyarrow as pa

from misnomer.store.database import Database
from misnomer.store.fields import quoted


def update_different(database: Database, table: str, values: Mapping[str, str]) -> pa.Table:
    """Set columns from the Arrow table registered as ``incoming`` where the new value is known and another.

    Args:
        table: one with a ``sample_id``, as ``incoming`` has; ``t`` in the values, with ``n`` the incoming row.
        values: SQL of each column's new value; null leaves the column as it is.

    Returns:
        sample_id, in order, of the rows that change, and by column's name whether it does: "filled" (it was null),
        "replaced", or null.
    """
    changes = ", ".join(
        f"case when {_differs(column, value)} then if(t.{quoted(column)} is null, 'filled', 'replaced') end "
        f"as {quoted(column)}"
        for column, value in values.items()
    )
    any_differs = " or ".join(_differs(column, value) for column, value in values.items())
    changed = database.arrow(
        f"select t.sample_id, {changes} from {table} t join incoming n using (sample_id) where {any_differs} "
        "order by t.sample_id"
    )
    if changed.num_rows:
        settings = ", ".join(
            f"{quoted(column)} = coalesce({value}, t.{quoted(column)})" for column, value in values.items()
        )
        database.execute(
            f"update {table} t set {settings} from incoming n where n.sample_id = t.sample_id and ({any_differs})"
        )
    return changed


def _differs(column: str, value: str) -> str:
    return f"({value} is not null and t.{quoted(column)} is distinct from {value})"
