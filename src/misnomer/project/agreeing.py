"""What neighbours say about samples and predictions, kept up to date with labels, predictions and duplicates."""

import numpy as np
import pyarrow as pa

from misnomer.project.nearest_others import NearestOthers, put_at_rows
from misnomer.store import neighbor_metrics as stored
from misnomer.store.database import Database
from misnomer.store.models import models
from misnomer.store.neighbors import NeighborGraph, neighbor_graph


def refresh_agreement(database: Database) -> None:
    """Compute anew the metrics of samples, and of each model's predictions, that were computed from something else."""
    graph = neighbor_graph(database)
    if graph is None:
        stored.forget(database)
        return
    others = NearestOthers(database, graph)
    base = f"{graph.version} {len(graph.rows)} {others.digest}"
    _refresh_samples(database, graph, others, f"{base} {_versions()} {stored.labels_digest(database)}")
    for model in models(database):
        _refresh_model(database, graph, others, base, model.model_id)


def _versions() -> str:
    from misnomer.features.neighbors.metrics import OF_SAMPLES

    return ",".join(f"{metric.key}:{metric.version}" for metric in OF_SAMPLES)


def _refresh_samples(database: Database, graph: NeighborGraph, others: NearestOthers, fingerprint: str) -> None:
    if stored.computed_from(database) == fingerprint:
        return
    from misnomer.features.neighbors.metrics import local_outlier_factor, uniqueness, votes

    labels = np.full(len(graph.rows), -1, np.int32)
    put_at_rows(graph, labels, stored.label_ids(database), "label_id")
    voted = votes(others.all[0], labels)
    columns = {
        "sample_id": pa.array(graph.sample_ids, pa.int32()),
        "uniqueness": _known(uniqueness(others.all, others.is_copy)),
        "diversity": _known(local_outlier_factor(others.all)),
        "annotation_quality": _known(voted.share),
        "neighbor_count": pa.array(voted.counted, pa.int32()),
        "majority_label_id": pa.array(voted.majority, mask=voted.majority < 0),
        "majority_share": _known(voted.majority_share),
    }
    with database.transaction():
        stored.set_neighbor_metrics(database, pa.table(columns))
        stored.set_computed_from(database, fingerprint)


def _refresh_model(database: Database, graph: NeighborGraph, others: NearestOthers, base: str, model_id: int) -> None:
    from misnomer.features.neighbors.metrics import PREDICTION_AGREEMENT, votes

    base = f"{base} {PREDICTION_AGREEMENT.version}"
    if stored.computed_from(database, model_id) == f"{base} {stored.predictions_digest(database, model_id)}":
        return
    classes = np.full(len(graph.rows), -1, np.int32)
    put_at_rows(graph, classes, stored.class_ids(database, model_id), "class_id")
    share = votes(others.all[0], classes).share
    known = ~np.isnan(share)
    agreement = pa.table({"sample_id": graph.sample_ids[known], "prediction_agreement": share[known]})
    with database.transaction():
        stored.set_prediction_agreement(database, model_id, agreement)
        fingerprint = f"{base} {stored.predictions_digest(database, model_id)}"
        stored.set_computed_from(database, fingerprint, model_id)


def _known(values: np.ndarray) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
