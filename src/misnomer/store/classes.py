"""Classes: the names a sample can be given, and their order."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from misnomer.store.database import Database


def class_table(database: Database) -> pa.Table:
    """class_id and name of every class, in the project's order: the source's own list, then by name."""
    return database.arrow("select class_id, name from classes order by position nulls last, encode(name)")


def label_class_names(database: Database) -> list[str]:
    """Names that labels use or that the source of the images listed, in index order: what a class index means."""
    rows = database.rows("select name from classes where of_labels order by position nulls last, encode(name)")
    return [name for (name,) in rows]


def add_classes(database: Database, names: Iterable[str]) -> dict[str, int]:
    """Ids by name, new names added in byte order."""
    known = dict(database.rows("select name, class_id from classes"))
    new = sorted(
        {n for n in names if n is not None} - set(known),
        key=lambda name: name.encode(errors="surrogateescape"),
    )
    first = 1 + max(known.values(), default=-1)
    ids = {name: first + position for position, name in enumerate(new)}
    if ids:
        table = pa.table({"class_id": pa.array(ids.values(), pa.int32()), "name": pa.array(ids.keys(), pa.string())})
        with database.tables(new_classes=table):
            database.execute("insert into classes (class_id, name) select class_id, name from new_classes")
    return known | ids


def add_label_classes(database: Database, names: Sequence[str]) -> None:
    """Classes that the source of the labels lists, used or not.

    A list in byte order is what a folder per class gives, and stays open for more. Any other order is the
    source's own: an index means a place in it; the first such list stands.
    """
    ids = add_classes(database, names)
    database.execute(
        "update classes set of_labels = true where not of_labels and class_id in (select unnest(?::integer[]))",
        [[ids[name] for name in names]],
    )
    has_order = database.value("select count(*) from classes where position is not null")
    if has_order or list(names) == sorted(names, key=lambda name: name.encode(errors="surrogateescape")):
        return
    order = {
        "class_id": pa.array([ids[n] for n in names], pa.int32()),
        "place": pa.array(range(len(names)), pa.int32()),
    }
    with database.tables(class_order=pa.table(order)):
        database.execute("update classes set position = o.place from class_order o where o.class_id = classes.class_id")


def class_id_column(database: Database, labels: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Class ids (int32, null where there is none) of class names; new names become classes."""
    import pyarrow.compute as pc

    return _as_ids(labels, add_classes(database, pc.unique(labels).drop_null().to_pylist()))


def _as_ids(names: pa.ChunkedArray | pa.Array, ids: dict[str, int]) -> pa.Array:
    import pyarrow.compute as pc

    lookup = pa.array(ids.keys(), pa.string())
    positions = pc.index_in(names.cast(pa.string()), lookup)
    taken = pa.array(ids.values(), pa.int32()).take(positions)
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken
