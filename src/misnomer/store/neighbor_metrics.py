"""What neighbours say about samples, and of what it was computed, so that it is computed again when that changes."""

from dataclasses import dataclass

import pyarrow as pa

from misnomer.store.database import Database

_STEP = "neighbor_metrics"


@dataclass(frozen=True)
class StoredVotes:
    """How many of a sample's most similar others are labelled, the share that bears its label, and their majority."""

    counted: int
    agreeing_share: float | None
    majority: str
    majority_share: float


def neighbor_votes(database: Database, sample_id: int) -> StoredVotes | None:
    """What its neighbours say about one sample's label; None where none is labelled, or they are not known."""
    rows = database.rows(
        "select neighbor_count, annotation_quality, name, majority_share from neighbor_metrics "
        "join classes on class_id = majority_label_id where sample_id = ?",
        [sample_id],
    )
    return StoredVotes(*rows[0]) if rows else None


def labels_digest(database: Database) -> str:
    """Changes with any label.

    A hash of several columns is itself an exclusive or, in which equal labels of an even number of samples would
    cancel: hashed once more.
    """
    return str(database.value("select bit_xor(hash(hash(sample_id, label_id)))::varchar from samples"))


def predictions_digest(database: Database, model_id: int) -> str:
    """Changes with any prediction of a model, and when one has lost its agreement by being replaced."""
    return str(
        database.value(
            "select bit_xor(hash(hash(sample_id, class_id, prediction_agreement is null)))::varchar from predictions "
            "where model_id = ?",
            [model_id],
        )
    )


def computed_from(database: Database, model_id: int | None = None) -> str | None:
    """What the samples' metrics, or a model's agreement, were computed from; None when they were not."""
    fingerprint = database.value("select fingerprint from computed where step = ?", [_step(model_id)])
    return None if fingerprint is None else str(fingerprint)


def set_computed_from(database: Database, fingerprint: str, model_id: int | None = None) -> None:
    """Note what was computed from what."""
    database.execute("delete from computed where step = ?", [_step(model_id)])
    database.execute("insert into computed values (?, ?)", [_step(model_id), fingerprint])


def set_neighbor_metrics(database: Database, metrics: pa.Table) -> None:
    """Replace all: the columns of ``neighbor_metrics``."""
    names = ", ".join(metrics.column_names)
    with database.tables(incoming=metrics), database.transaction():
        database.execute("delete from neighbor_metrics")
        database.execute(f"insert into neighbor_metrics ({names}) select {names} from incoming order by sample_id")


def forget(database: Database) -> None:
    """Drop everything, when the neighbours it was computed from are not those in use any more."""
    if not database.value("select exists (from computed where starts_with(step, ?))", [_STEP]):
        return
    with database.transaction():
        database.execute("delete from neighbor_metrics")
        database.execute("update predictions set prediction_agreement = null where prediction_agreement is not null")
        database.execute("delete from computed where starts_with(step, ?)", [_STEP])


def label_ids(database: Database) -> pa.Table:
    """sample_id and label_id of every labelled sample."""
    return database.arrow("select sample_id, label_id from samples where label_id is not null")


def class_ids(database: Database, model_id: int) -> pa.Table:
    """sample_id and class_id of every prediction of a model."""
    return database.arrow("select sample_id, class_id from predictions where model_id = ?", [model_id])


def set_prediction_agreement(database: Database, model_id: int, agreement: pa.Table) -> None:
    """Replace all of a model: sample_id, prediction_agreement."""
    with database.tables(incoming=agreement), database.transaction():
        database.execute(
            "update predictions set prediction_agreement = null "
            "where model_id = ? and prediction_agreement is not null "
            "and sample_id not in (select sample_id from incoming)",
            [model_id],
        )
        database.execute(
            "update predictions p set prediction_agreement = n.prediction_agreement from incoming n "
            "where p.model_id = ? and n.sample_id = p.sample_id "
            "and p.prediction_agreement is distinct from n.prediction_agreement",
            [model_id],
        )


def _step(model_id: int | None) -> str:
    return _STEP if model_id is None else f"{_STEP} of model {model_id}"
