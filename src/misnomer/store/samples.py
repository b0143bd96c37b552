"""Samples: their keys, where their images lie, their splits."""

import numpy as np
import pyarrow as pa

from misnomer.store.classes import class_id_column
from misnomer.store.database import Database
from misnomer.store.updates import update_different

_LOCATED = "sample_id, key, location, relative, path from samples join roots using (root_id)"


def count_samples(database: Database) -> int:
    """Number of samples."""
    return int(database.value("select count(*) from samples"))


def sample_table(database: Database) -> pa.Table:
    """Every sample in order: sample_id, key, label (class name), split."""
    return database.arrow(
        "select sample_id, key, name as label, split from samples left join classes on class_id = label_id "
        "order by sample_id"
    )


def keys_of(database: Database, sample_ids: list[int]) -> list[str]:
    """Keys by sample ids, in order of the samples."""
    rows = database.rows(
        "select key from samples where sample_id in (select unnest(?::integer[])) order by sample_id", [sample_ids]
    )
    return [key for (key,) in rows]


def image_locations(database: Database, sample_ids: list[int]) -> pa.Table:
    """sample_id, key, location and relative (of the root), path of those samples that have an image."""
    return database.arrow(
        f"select {_LOCATED} where path is not null and sample_id in (select unnest(?::integer[])) order by sample_id",
        [sample_ids],
    )


def add_root(database: Database, location: str, relative: str | None) -> int:
    """Id of an image root, added when it is new.

    Args:
        location: absolute path or URL.
        relative: the same relative to the project's directory, so that both can move together; None for a URL.
    """
    found = database.value("select root_id from roots where location = ?", [location])
    if found is not None:
        return int(found)
    root_id = int(database.value("select coalesce(max(root_id) + 1, 0) from roots"))
    database.execute("insert into roots values (?, ?, ?)", [root_id, location, relative])
    return root_id


def add_samples(database: Database, samples: pa.Table, root_id: int) -> dict[str, int]:
    """Add the samples that are new; update the others' path, split and label where a value is given.

    A label that came from a labels file stands: the images' own never replaces it.

    Args:
        samples: key, path, label (class name or null), split, random (float64); keys unique.

    Returns:
        Counts: added, moved, relabelled, resplit.
    """
    incoming = pa.table(
        {
            "number": np.arange(samples.num_rows),
            "root_id": pa.repeat(pa.scalar(root_id, pa.int32()), samples.num_rows),
            "label_id": class_id_column(database, samples["label"]),
            **{name: samples[name] for name in ("key", "path", "split", "random")},
        }
    )
    first = count_samples(database)
    with database.tables(incoming=incoming), database.transaction():
        counts = {
            "moved": len(
                set(update_different(database, "samples", "path", using="key"))
                | set(update_different(database, "samples", "root_id", using="key", only="n.path is not null"))
            ),
            "relabelled": len(
                update_different(
                    database, "samples", "label_id", using="key", only="t.label_source is distinct from 'labels'"
                )
            ),
            "resplit": len(update_different(database, "samples", "split", using="key")),
        }
        database.execute(
            "insert into samples select (? + row_number() over (order by number) - 1)::integer, key, root_id, path, "
            "label_id, case when label_id is not null then 'images' end, split, random "
            "from incoming anti join samples using (key) order by number",
            [first],
        )
    return {"added": count_samples(database) - first, **counts}
