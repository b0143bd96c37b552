"""Which labels are probably wrong, with the evidence, how noisy each class is, and what it means for the accuracy."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from misnomer.errors import InputError
from misnomer.evaluation.intervals import interval_level, wilson_interval
from misnomer.evaluation.label_bounds import AccuracyBounds, accuracy_bounds
from misnomer.evaluation.results import Estimate
from misnomer.features.engine import LocalEngine
from misnomer.project.computing.labels import check_labels
from misnomer.project.label_probabilities import LabelProbabilities
from misnomer.project.progress import silent
from misnomer.project.results import (
    ClassNoise,
    Flag,
    LabelError,
    LabelErrors,
    LabelEvidence,
    LabelNeighbor,
    Sample,
)
from misnomer.store.classes import class_table
from misnomer.store.database import Database
from misnomer.store.label_checks import NO_MODEL, CheckRun, check_of_model, check_runs, class_noise
from misnomer.store.listing import sample_names, sample_records
from misnomer.store.models import Model
from misnomer.store.selection import Selection
from misnomer.store.suspects import (
    Suspect,
    SuspectCounts,
    count_accuracy,
    count_suspects,
    find_suspect,
    labels_by_suggestion,
    list_suspects,
)

_IN_SAMPLE = (
    "{model} is right on nearly all labels and nearly certain of each, as if it had been trained on them. "
    "Only probabilities for images that a model has not seen (held out, or cross-validated) can tell wrong labels."
)
_NO_PROBABILITIES = "{model} gave no probabilities of all classes; the labels of similar images alone were asked."


def find_label_errors(selection: Selection, model: Model | None, *, limit: int | None, offset: int) -> LabelErrors:
    """Suspected labels of the selection's samples.

    Raises:
        InputError: there are neither probabilities nor neighbours to judge labels by.
    """
    run = _run(selection, model)
    of_model = model is not None and run.model_id != NO_MODEL
    counts = count_suspects(selection)
    bounds = None if model is None else _bounds(selection)
    suspects = list_suspects(selection, limit=limit, offset=offset)
    return LabelErrors(
        model=model.name if model is not None and of_model else None,
        basis=run.basis,
        checked_count=counts.checked,
        suspected_count=counts.suspected,
        seen_count=counts.seen,
        total=counts.suspected - counts.kept - counts.corrected,
        confirmed=_confirmed(counts),
        bounds=bounds,
        sentence=_headline(counts, bounds),
        notes=_notes(run, model),
        per_class=_per_class(selection, run.model_id),
        label_errors=tuple(_label_errors(selection, run.model_id, suspects)),
    )


def label_flags(selection: Selection, sample_id: int) -> list[Flag]:
    """Why a sample's label is suspected, if it is."""
    if check_of_model(selection.database, selection.model_id) not in check_runs(selection.database):
        return []
    suspect = find_suspect(selection, sample_id)
    if suspect is None:
        return []
    error = _label_errors(selection, check_of_model(selection.database, selection.model_id), [suspect])[0]
    return [Flag(kind="label_error", sentence=error.sentence)]


def _run(selection: Selection, model: Model | None) -> CheckRun:
    database = selection.database
    wanted = check_of_model(database, selection.model_id)
    if wanted not in check_runs(database) and not database.read_only:
        check_labels(database, LocalEngine(), silent)
    runs = check_runs(database)
    wanted = check_of_model(database, selection.model_id)
    if wanted in runs:
        return runs[wanted]
    if runs:
        lacking = "no model is named" if model is None else f"{model.name} gave no probabilities of all classes"
        raise InputError(
            f"Labels are checked by a model's probabilities here, and {lacking}.",
            hint="Name a model that gave them with --model NAME (model=NAME), "
            "or compute which images are similar: misnomer compute PROJECT embeddings neighbors labels",
        )
    raise InputError(
        "There is nothing to check labels by: no probabilities of all classes, and no neighbours of the images.",
        hint="Add a model's probabilities, or compute: misnomer compute PROJECT embeddings neighbors labels",
    )


def _bounds(selection: Selection) -> AccuracyBounds | None:
    counts = count_accuracy(selection)
    if not counts.compared:
        return None
    return accuracy_bounds(counts.compared, counts.right, counts.settled_right, counts.suspected_wrong)


def _confirmed(counts: SuspectCounts) -> Estimate | None:
    decided = counts.kept + counts.corrected
    if not decided:
        return None
    low, high = wilson_interval(np.array([counts.corrected]), np.array([decided]), interval_level(None))
    return Estimate(value=counts.corrected / decided, interval=(float(low[0]), float(high[0])))


def _headline(counts: SuspectCounts, bounds: AccuracyBounds | None) -> str:
    if not counts.checked:
        return "No label was checked here."
    if not counts.suspected:
        return f"None of {counts.checked:,} labels is suspected."
    labels = f"{counts.suspected:,} of {counts.checked:,} labels are suspected"
    if bounds is None:
        return f"{labels}."
    as_labelled, low, high = (f"{100 * share:.1f}%" for share in (bounds.as_labelled, bounds.low, bounds.high))
    between = low if low == high else f"between {low} and {high}"
    return f"{labels}. The accuracy is {as_labelled} as labelled, and {between} if they are wrong."


def _notes(run: CheckRun, model: Model | None) -> tuple[str, ...]:
    if model is None:
        return ()
    if run.model_id == NO_MODEL:
        return (_NO_PROBABILITIES.format(model=model.name),)
    return (_IN_SAMPLE.format(model=model.name),) if run.in_sample else ()


def _class_names(database: Database) -> dict[int, str]:
    table = class_table(database)
    return dict(zip(table["class_id"].to_pylist(), table["name"].to_pylist(), strict=True))


def _per_class(selection: Selection, model_id: int) -> tuple[ClassNoise, ...]:
    names = _class_names(selection.database)
    checked = Counter[int]()
    suggested: dict[int, dict[int, int]] = {}
    for label_id, class_id, count in labels_by_suggestion(selection):
        checked[label_id] += count
        if class_id is not None:
            suggested.setdefault(label_id, {})[class_id] = count
    totals, others = Counter[int](), Counter[int]()
    for label_id, class_id, count in class_noise(selection.database, model_id):
        totals[label_id] += count
        others[label_id] += count if class_id != label_id else 0
    rows = []
    for label_id, sample_count in checked.items():
        suspected = suggested.get(label_id, {})
        mistaken_for = next(iter(suspected), None)
        rows.append(
            ClassNoise(
                name=names[label_id],
                sample_count=sample_count,
                suspected_count=sum(suspected.values()),
                noise=others[label_id] / max(totals[label_id], 1),
                mistaken_for=None if mistaken_for is None else names[mistaken_for],
                mistaken_count=max(suspected.values(), default=0),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.noise, row.name)))


def _label_errors(selection: Selection, model_id: int, suspects: Sequence[Suspect]) -> list[LabelError]:
    if not suspects:
        return []
    shares = LabelProbabilities(selection.database, model_id)
    samples = np.array([suspect.sample_id for suspect in suspects])
    order = np.argsort(samples)
    place = np.argsort(order)
    probabilities, is_known = (values[place] for values in shares.of_model(samples[order]))
    neighbors, distances = (values[place] for values in shares.neighbors(samples[order]))
    voters = sorted({int(sample_id) for sample_id in neighbors[neighbors >= 0]})
    known = sample_names(selection, voters)
    records = {record["id"]: record for record in sample_records(selection, samples.tolist())}
    index_of_class = {name: index for index, name in enumerate(shares.classes.names)}
    errors = []
    for row, suspect in enumerate(suspects):
        sample = Sample.model_validate(records[suspect.sample_id])
        evidence = LabelEvidence(
            label_probability=_at(probabilities[row], index_of_class[sample.label or ""]) if is_known[row] else None,
            suggested_probability=_at(probabilities[row], index_of_class[suspect.suggested]) if is_known[row] else None,
            neighbors=tuple(
                LabelNeighbor(
                    sample_id=int(other),
                    **known[int(other)],
                    distance=float(distance),
                )
                for other, distance in zip(neighbors[row], distances[row], strict=True)
                if other >= 0
            ),
        )
        errors.append(
            LabelError(
                sample=sample,
                suggested=suspect.suggested,
                label_quality=suspect.label_quality,
                evidence=evidence,
                sentence=_sentence(sample.label or "", suspect.suggested, evidence),
            )
        )
    return errors


def _at(values: np.ndarray, index: int) -> float:
    return float(values[index])


def _sentence(label: str, suggested: str, evidence: LabelEvidence) -> str:
    parts = []
    if evidence.suggested_probability is not None and evidence.label_probability is not None:
        parts.append(
            f"the model gives “{suggested}” {evidence.suggested_probability:.2f} and “{label}” "
            f"{evidence.label_probability:.2f}"
        )
    if evidence.neighbors:
        agreeing = sum(neighbor.label == suggested for neighbor in evidence.neighbors)
        same = sum(neighbor.label == label for neighbor in evidence.neighbors)
        parts.append(
            f"{agreeing} of the {len(evidence.neighbors)} most similar images are labelled “{suggested}”, "
            f"{same or 'none'} “{label}”"
        )
    return f"Labelled “{label}”, but {'; '.join(parts)}."
