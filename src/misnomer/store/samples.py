"""Samples: their keys, where their images lie, their splits."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def keys_of(database: Database, sample_ids: pa.ChunkedArray) -> list[str]:
    """Keys of sample ids, in the order of the samples."""
    with database.tables(wanted=pa.table({"sample_id": sample_ids})):
        keys = database.arrow("select key from samples join wanted using (sample_id) order by sample_id")["key"]
    return list(keys.to_pylist())


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
