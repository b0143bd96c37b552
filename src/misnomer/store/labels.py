"""Labels: the class a person gave; what matched no sample yet is kept aside."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.store.classes import class_id_column
from misnomer.store.database import Database
from misnomer.store.samples import keys_of
from misnomer.store.updates import update_different


def set_labels(
    database: Database, sample_ids: np.ndarray, labels: pa.ChunkedArray, splits: pa.ChunkedArray
) -> tuple[int, int, list[str]]:
    """Give samples labels, and splits, where they are given.

    Returns:
        Number of samples that had no label, number whose split changed, keys of those that had another label.
    """
    incoming = pa.table(
        {
            "sample_id": pa.array(sample_ids, pa.int32()),
            "label_id": class_id_column(database, labels),
            "split": splits,
        }
    )
    values = {
        "label_id": "n.label_id",
        "label_source": "case when n.label_id is not null then 'labels' end",
        "split": "n.split",
    }
    with database.tables(incoming=incoming), database.transaction():
        changed = update_different(database, "samples", values)
    relabelled = changed.filter(pc.equal(changed["label_id"], "replaced"))["sample_id"]
    return (
        pc.sum(pc.equal(changed["label_id"], "filled")).as_py() or 0,
        changed.num_rows - changed["split"].null_count,
        keys_of(database, relabelled),
    )


def keep_unmatched_labels(database: Database, rows: pa.Table) -> int:
    """Keep labels whose key matches no sample yet: key, label_id, split. Returns how many are new or differ."""
    with database.tables(incoming=rows), database.transaction():
        changed = database.arrow(
            "select n.key, n.label_id, n.split from incoming n left join unmatched_labels u using (key) "
            "where u.key is null or u.label_id is distinct from n.label_id or u.split is distinct from n.split"
        )
        if changed.num_rows:
            with database.tables(changed=changed):
                database.execute("delete from unmatched_labels where key in (select key from changed)")
                database.execute("insert into unmatched_labels select key, label_id, split from changed")
    return int(changed.num_rows)


def has_unmatched_labels(database: Database) -> bool:
    """Whether anything is kept aside."""
    return bool(database.value("select count(*) from unmatched_labels"))


def unmatched_labels(database: Database) -> pa.Table:
    """key, label (class name), split of what is kept aside."""
    return database.arrow(
        "select key, name as label, split from unmatched_labels left join classes on class_id = label_id order by key"
    )


def forget_unmatched_labels(database: Database, keys: pa.Array) -> None:
    """Drop what has found its sample."""
    with database.tables(matched=pa.table({"key": keys})):
        database.execute("delete from unmatched_labels where key in (select key from matched)")
