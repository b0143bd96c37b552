"""The step ``labels``: which labels are probably wrong, by each model with probabilities and by the neighbours."""

import numpy as np
import pyarrow as pa

from misnomer.evaluation.confident_learning import LabelCheck, check_rows
from misnomer.evaluation.label_bounds import seems_in_sample
from misnomer.features.engine import Engine, LocalEngine
from misnomer.project.computing.step import Step
from misnomer.project.label_probabilities import LabelProbabilities
from misnomer.project.nearest_others import duplicates_fingerprint
from misnomer.project.progress import Progress
from misnomer.store import label_checks
from misnomer.store.classes import class_table
from misnomer.store.database import Database
from misnomer.store.label_checks import NO_MODEL, CheckRun
from misnomer.store.models import models
from misnomer.store.neighbors import neighbor_graph
from misnomer.store.summary import model_coverage

_VERSION = 3


def check_labels(database: Database, engine: Engine, progress: Progress) -> None:
    """Check the labels again wherever labels, probabilities or neighbours have changed."""
    wanted = _fingerprints(database)
    done = label_checks.check_runs(database)
    for model_id in set(done) - set(wanted):
        label_checks.drop_label_check(database, model_id)
    stale = [model_id for model_id in wanted if model_id not in done or done[model_id].fingerprint != wanted[model_id]]
    for place, model_id in enumerate(stale):
        progress("labels", place, len(stale))
        _check(database, model_id, wanted[model_id])
    progress("labels", len(stale), len(stale))


def recheck_labels(database: Database, progress: Progress) -> None:
    """Where labels have been checked before, bring the checks up to date with what has just been added."""
    if label_checks.check_runs(database):
        check_labels(database, LocalEngine(), progress)


def _check(database: Database, model_id: int, fingerprint: str) -> None:
    shares = LabelProbabilities(database, model_id)
    read_model = shares.read_model if shares.basis == "both" else None
    check = check_rows(shares.labels, shares.read, len(shares.classes.names), read_model=read_model)
    class_ids = np.array(class_table(database)["class_id"].to_pylist(), np.int32)
    run = CheckRun(
        model_id,
        fingerprint,
        shares.basis or "neighbors",
        model_id != NO_MODEL and seems_in_sample(shares.labels, shares.of_model),
    )
    label_checks.set_label_check(database, run, _checks(check, class_ids), _joint(check.joint, class_ids))


def _checks(check: LabelCheck, class_ids: np.ndarray) -> pa.Table:
    judged = np.flatnonzero(check.suggested >= 0)
    return pa.table(
        {
            "sample_id": judged.astype(np.int32),
            "label_quality": check.label_quality[judged],
            "suggested_id": class_ids[check.suggested[judged]],
            "suspected": check.suspected[judged],
        }
    )


def _joint(joint: np.ndarray, class_ids: np.ndarray) -> pa.Table:
    labels, classes = np.nonzero(joint)
    return pa.table(
        {"label_id": class_ids[labels], "class_id": class_ids[classes], "sample_count": joint[labels, classes]}
    )


def _fingerprints(database: Database) -> dict[int, str]:
    """What each possible check would go by."""
    ids = {model.name: model.model_id for model in models(database)}
    checking = [ids[model.name] for model in model_coverage(database) if model.probabilities]
    if neighbor_graph(database) is not None:
        checking.append(NO_MODEL)
    base = f"{_VERSION} {duplicates_fingerprint(database)}"
    return {model_id: f"{base} {label_checks.label_fingerprint(database, model_id)}" for model_id in checking}


def count_checked(database: Database) -> tuple[int, int]:
    """Checks that are up to date, and checks that can be done."""
    wanted = _fingerprints(database)
    done = label_checks.check_runs(database)
    return sum(model_id in done and done[model_id].fingerprint == wanted[model_id] for model_id in wanted), len(wanted)


LABELS = Step("labels", check_labels, count_checked)
