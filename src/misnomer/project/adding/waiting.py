"""Labels and predictions whose key matched no sample: they find it when it is added."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.readers.join import join_keys
from misnomer.store import labels, models, samples
from misnomer.store.database import Database


def adopt_waiting(database: Database) -> int:
    """Give what was kept aside to the samples that have come; returns how many found theirs."""
    if not (labels.has_unmatched_labels(database) or models.has_unmatched_predictions(database)):
        return 0
    known = samples.sample_table(database)
    return _adopt_labels(database, known) + _adopt_predictions(database, known)


def _adopt_labels(database: Database, known: pa.Table) -> int:
    waiting = labels.unmatched_labels(database)
    used, sample_ids = _found(waiting["key"], known)
    if not len(used):
        return 0
    rows = waiting.take(used)
    labels.set_labels(database, sample_ids, rows["label"], rows["split"])
    labels.forget_unmatched_labels(database, rows["key"])
    return len(used)


def _adopt_predictions(database: Database, known: pa.Table) -> int:
    waiting = models.unmatched_predictions(database)
    adopted = 0
    for model_id in pc.unique(waiting["model_id"]).to_pylist():
        of_model = waiting.filter(pc.equal(waiting["model_id"], model_id))
        used, sample_ids = _found(of_model["key"], known)
        if len(used):
            rows = of_model.take(used)
            models.set_predictions(database, model_id, rows.append_column("sample_id", pa.array(sample_ids)))
            models.forget_unmatched_predictions(database, rows.select(["model_id", "key"]))
            adopted += len(used)
    return adopted


def _found(keys: pa.ChunkedArray, known: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the keys that match a sample that no other of them matches, and the samples' ids."""
    join = join_keys(keys, known["key"])
    used = np.flatnonzero(join.sample_rows >= 0)
    _, first, counts = np.unique(join.sample_rows[used], return_index=True, return_counts=True)
    used = np.sort(used[first[counts == 1]])
    return used, known["sample_id"].to_numpy()[join.sample_rows[used]]
