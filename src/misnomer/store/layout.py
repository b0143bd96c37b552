"""Whether a project has the tables and columns of this misnomer; asked when DuckDB cannot carry something out."""

from collections.abc import Collection

import duckdb

from misnomer.errors import ProjectVersion
from misnomer.store import tables

_GROWING = ("attributes", "image_metrics")  # a column for each of the user's, each metric
_NAMED = 5

_Column = tuple[str, str, str]  # table, column, type


def layout_failure(connection: duckdb.DuckDBPyConnection) -> ProjectVersion | None:
    """What to tell the user where tables lack a column, or have one too many; None where they are as they should be."""
    with duckdb.connect() as new:
        tables.create_tables(new)
        expected = _columns(new)
    found = _columns(connection)
    differences = [f"no {name}" for name in _names(expected - found, _tables(found))]
    surplus = {column for column in found - expected if column[0] not in _GROWING}
    differences += [f"also {name}" for name in _names(surplus, _tables(expected))]
    if not differences:
        return None
    more = f" and {len(differences) - _NAMED} more" if len(differences) > _NAMED else ""
    return ProjectVersion(
        f"The tables of the project are not those of this misnomer: {', '.join(differences[:_NAMED])}{more}.",
        hint="Another state of misnomer made it. All that it holds is kept; make it anew beside it: "
        "misnomer create NEW_PROJECT --images DIR_OR_TABLE",
    )


def _columns(connection: duckdb.DuckDBPyConnection) -> set[_Column]:
    sql = "select table_name, column_name, data_type from duckdb_columns() where not internal"
    return set(connection.execute(sql).fetchall())


def _tables(columns: Collection[_Column]) -> set[str]:
    return {table for table, _, _ in columns}


def _names(columns: Collection[_Column], others: Collection[str]) -> list[str]:
    """``table notes`` where the others have no such table at all, else ``tags.sample_id (INTEGER)``."""
    names = {f"{table}.{name} ({kind})" if table in others else f"table {table}" for table, name, kind in columns}
    return sorted(names)
