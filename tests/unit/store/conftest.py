"""A small project's database: six samples of three classes, one model."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from misnomer.store import classes, models, samples
from misnomer.store.database import Database, create_database

KEYS = ["cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/2.jpg", "eel/1.jpg", "free.jpg"]
LABELS = ["cat", "cat", "dog", "dog", "eel", None]
# None: no prediction.
PREDICTIONS = ["cat", "dog", "dog", "eel", None, "cat"]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    create_database(tmp_path / "pets.misnomer")
    database = Database(tmp_path / "pets.misnomer")
    add_samples(database, KEYS, LABELS)
    return database


def add_samples(database: Database, keys: list[str], labels: list[str | None]) -> dict[str, int]:
    classes.add_label_classes(database, sorted({label for label in labels if label}))
    root_id = samples.add_root(database, "/images", "../images")
    table = pa.table(
        {
            "key": keys,
            "path": keys,
            "label": pa.array(labels, pa.string()),
            "split": pa.nulls(len(keys), pa.string()),
            "random": np.linspace(0, 1, len(keys), endpoint=False),
        }
    )
    return samples.add_samples(database, table, root_id)[1]


def prediction_table(database: Database, predictions: list[str | None]) -> pa.Table:
    """Predictions of the first samples, in order, with confidences 0.9, 0.8, …"""
    rows = [i for i, name in enumerate(predictions) if name is not None]
    ids = classes.class_id_column(database, pa.array([predictions[i] for i in rows], pa.string()))
    empty = pa.nulls(len(rows), pa.float64())
    return pa.table(
        {
            "sample_id": pa.array(rows, pa.int32()),
            "class_id": ids,
            "confidence": [0.9 - 0.1 * i for i in rows],
            **dict.fromkeys(("margin", "prediction_entropy", "variance", "sum_squares"), empty),
            "vector_id": pa.nulls(len(rows), pa.int32()),
            "vector_row": pa.nulls(len(rows), pa.int64()),
        }
    )


@pytest.fixture
def predicted(database: Database) -> Database:
    model, _ = models.add_model(database, "resnet", None)
    models.set_predictions(database, model.model_id, prediction_table(database, PREDICTIONS))
    return database
