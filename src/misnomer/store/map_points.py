"""The map: a place in the plane for every sample with a vector, and of which vectors it was made."""

import numpy as np
import pyarrow as pa

from misnomer.errors import InvalidFilter
from misnomer.store.database import Database
from misnomer.store.listing import outcome_sql
from misnomer.store.selection import Selection

_STEP = "map"


def map_state(database: Database) -> str | None:
    """What the map was made of; None when there is none."""
    state = database.value("select fingerprint from computed where step = ?", [_STEP])
    return None if state is None else str(state)


def set_map(database: Database, sample_ids: np.ndarray, points: np.ndarray, state: str) -> None:
    """Put a map in the place of the one there is.

    Args:
        sample_ids: (n,) int32.
        points: (n, 2) float32.
        state: of what it was made.
    """
    rows = pa.table({"sample_id": sample_ids, "x": points[:, 0], "y": points[:, 1]})
    with database.tables(incoming=rows), database.transaction():
        database.execute("delete from map_points")
        database.execute("insert into map_points select sample_id, x, y from incoming")
        database.execute("delete from computed where step = ?", [_STEP])
        database.execute("insert into computed values (?, ?)", [_STEP, state])


def count_points(database: Database) -> int:
    """Number of samples on the map."""
    return int(database.value("select count(*) from map_points"))


def map_table(selection: Selection, color: str | None) -> pa.Table:
    """Samples shown that are on the map: sample_id, x, y, label, prediction, outcome (dictionaries), color.

    Args:
        color: a metric or column whose values are wanted too; numbers as float32, text as a dictionary.

    Raises:
        UnknownName: there is no such metric or column.
        InvalidFilter: there is no map.
    """
    database = selection.database
    if not count_points(database):
        raise no_map()
    has_model = selection.model_id is not None
    columns = {
        "sample_id": "s.sample_id",
        "x": "m.x",
        "y": "m.y",
        "label": selection.fields["label"].sql,
        "prediction": selection.fields["prediction"].sql if has_model else "null::varchar",
        "outcome": outcome_sql(selection) if has_model else "null::varchar",
    }
    types = {name: pa.dictionary(pa.int32(), pa.string()) for name in ("label", "prediction", "outcome")}
    if color is not None:
        field = selection.field(color)
        columns["color"] = field.sql
        types["color"] = pa.float32() if field.type == "number" else pa.dictionary(pa.int32(), pa.string())
    sql, parameters = selection.sql(
        ", ".join(f"{column} as {name}" for name, column in columns.items()),
        names=[color] if color is not None else [],
        sources=["map_points", *(["predictions"] if has_model else [])],  # type: ignore[list-item]
        tail="order by s.sample_id",
        shown=True,
    )
    table = database.arrow(sql, parameters)
    table = table.filter(table["x"].is_valid())
    for place, (name, wanted) in enumerate((field.name, types.get(field.name)) for field in table.schema):
        if wanted is not None:
            column = table[name]
            encoded = column.cast(wanted) if pa.types.is_floating(wanted) else column.dictionary_encode()
            table = table.set_column(place, name, encoded)
    return table.unify_dictionaries().combine_chunks()


def no_map() -> InvalidFilter:
    """The error where a map is needed."""
    return InvalidFilter("There is no map yet.", hint="Make it: misnomer compute PROJECT embeddings map")
