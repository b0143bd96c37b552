"""Samples: their keys, where their images lie, their splits."""

import posixpath
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from misnomer.errors import UnknownName
from misnomer.store.classes import class_id_column
from misnomer.store.database import Database
from misnomer.store.updates import update_different

LOCATION_COLUMNS = ("location", "relative")
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


def keys_of(database: Database, sample_ids: pa.ChunkedArray) -> list[str]:
    """Keys of sample ids, in the order of the samples."""
    with database.tables(wanted=pa.table({"sample_id": sample_ids})):
        keys = database.arrow("select key from samples join wanted using (sample_id) order by sample_id")["key"]
    return list(keys.to_pylist())


def keys_by_id(database: Database, sample_ids: list[int]) -> dict[int, str]:
    """Keys of a few samples."""
    return dict(
        database.rows(
            "select sample_id, key from samples where sample_id in (select unnest(?::integer[]))", [sample_ids]
        )
    )


def unknown_key(database: Database, key: str) -> UnknownName:
    """The error for a key that no sample has; it suggests the nearest."""
    close = database.rows("select key from samples order by jaro_similarity(key, ?) desc limit 20", [key])
    return UnknownName("key", key, [known for (known,) in close])


def given_labels(database: Database, keys: Sequence[str]) -> dict[str, tuple[int, str | None]]:
    """sample_id and given label by key, of those samples that are there."""
    rows = database.rows(
        "select key, sample_id, name from samples left join classes on class_id = label_id "
        "where key in (select unnest(?::varchar[]))",
        [list(keys)],
    )
    return {key: (sample_id, label) for key, sample_id, label in rows}


def image_locations(database: Database, sample_ids: list[int]) -> pa.Table:
    """sample_id, key, location and relative (of the root), path of those samples that have an image."""
    return database.arrow(
        f"select {_LOCATED} where path is not null and sample_id in (select unnest(?::integer[])) order by sample_id",
        [sample_ids],
    )


def image_folders(database: Database) -> pa.Table:
    """location and relative of every root, and as ``path`` the folder below it that all its images lie in."""
    rows = database.rows(
        "select location, relative, min(path), max(path) from samples join roots using (root_id) "
        "where path is not null group by root_id, location, relative order by root_id"
    )
    columns = [(location, relative, _common_folder(first, last)) for location, relative, first, last in rows]
    names = (*LOCATION_COLUMNS, "path")
    return pa.table({name: pa.array([row[i] for row in columns], pa.string()) for i, name in enumerate(names)})


def _common_folder(first: str, last: str) -> str:
    """The folder that the first and last of sorted paths share, and so all between."""
    if first.startswith("/") != last.startswith("/"):
        return ""
    return posixpath.dirname(first) if first == last else posixpath.commonpath([first, last])


def image_place(database: Database, sample_id: int) -> pa.Table:
    """The same of one sample: one row, or none if it has no image."""
    return database.arrow(f"select {_LOCATED} where path is not null and sample_id = ?", [sample_id])


def has_sample(database: Database, sample_id: int) -> bool:
    """Whether there is a sample of this id."""
    return bool(database.value("select exists (select 1 from samples where sample_id = ?)", [sample_id]))


def root_locations(database: Database) -> pa.Table:
    """location and relative of every root that samples have their images below, and an empty path."""
    return database.arrow(
        "select location, relative, '' as path from roots where root_id in (select root_id from samples) "
        "order by root_id"
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


def add_samples(database: Database, samples: pa.Table, root_id: int) -> tuple[np.ndarray, dict[str, int]]:
    """Add the samples that are new; update the others' path, split and label where a value is given.

    A label that came from a labels file stands: the images' own never replaces it.

    Args:
        samples: key, path, label (class name or null), split, random (float64); keys unique.

    Returns:
        sample_ids (int32, (n,)) in the order given, and counts: added, moved, relabelled, resplit.
    """
    sample_ids = ids_of(database, samples["key"])
    is_new = sample_ids < 0
    count = count_samples(database)
    sample_ids[is_new] = np.arange(count, count + np.count_nonzero(is_new))
    incoming = pa.table(
        {
            "sample_id": sample_ids,
            "root_id": pa.repeat(pa.scalar(root_id, pa.int32()), samples.num_rows),
            "label_id": class_id_column(database, samples["label"]),
            **{name: samples[name] for name in ("key", "path", "split", "random")},
        }
    )
    with database.transaction():
        counts = {"added": int(np.count_nonzero(is_new))}
        counts |= _update(database, incoming if not is_new.any() else incoming.filter(pa.array(~is_new)))
        _insert(database, incoming if is_new.all() else incoming.filter(pa.array(is_new)))
    return sample_ids, counts


def ids_of(database: Database, keys: pa.ChunkedArray) -> np.ndarray:
    """Sample ids (int32) of keys, −1 where no sample has it."""
    with database.tables(wanted=pa.table({"key": keys, "row": np.arange(len(keys))})):
        found = database.arrow("select row, sample_id from wanted join samples using (key)")
    sample_ids = np.full(len(keys), -1, np.int32)
    sample_ids[found["row"].to_numpy()] = found["sample_id"].to_numpy()
    return sample_ids


def _update(database: Database, incoming: pa.Table) -> dict[str, int]:
    import pyarrow.compute as pc

    values = {
        "path": "n.path",
        "root_id": "case when n.path is not null then n.root_id end",
        "label_id": "case when t.label_source is distinct from 'labels' then n.label_id end",
        "split": "n.split",
    }
    with database.tables(incoming=incoming):
        changed = update_different(database, "samples", values)
    return {
        "moved": pc.sum(pc.or_(changed["path"].is_valid(), changed["root_id"].is_valid())).as_py() or 0,
        "relabelled": changed.num_rows - changed["label_id"].null_count,
        "resplit": changed.num_rows - changed["split"].null_count,
    }


def _insert(database: Database, incoming: pa.Table) -> None:
    with database.tables(incoming=incoming):
        database.execute(
            "insert into samples select sample_id, key, root_id, path, label_id, "
            "case when label_id is not null then 'images' end, split, random from incoming"
        )
