"""Which samples of a pool to annotate next: the unlabelled ones of a filter, or of a filter without any all."""

from dataclasses import dataclass

import numpy as np

from misnomer.errors import InputError
from misnomer.evaluation.acquisition import FailureRisk, failure_risk, greedy_choice
from misnomer.filters import Filter
from misnomer.project.acquisition_results import AcquisitionPage, AcquisitionSample
from misnomer.project.similar import rows_of, stored_vectors
from misnomer.store.listing import sample_records
from misnomer.store.models import Model
from misnomer.store.neighbors import NeighborGraph, neighbor_graph
from misnomer.store.selection import Selection
from misnomer.store.statistics import sample_columns

_MOST_COMPARED = 20_000  # of more candidates, the most valuable apart from each other: 100 MB of vectors
_FAR = 0.999  # a distance as good as any, for what has no labelled image among its neighbours


@dataclass(frozen=True)
class _Candidates:
    """Samples of the pool with a vector; all arrays (n,). ``left_out_count`` others of the selection have a label."""

    are_labelled: bool
    left_out_count: int
    rows: np.ndarray
    risk: FailureRisk | None
    uncertainty: np.ndarray
    labelled_distance: np.ndarray

    @property
    def worth(self) -> np.ndarray:
        """Mean of risk and uncertainty, as far as they are known; 1 without a model."""
        if self.risk is None:
            return np.ones(len(self.rows))
        uncertainty = np.where(np.isnan(self.uncertainty), self.risk.risk, self.uncertainty)
        return (self.risk.risk + uncertainty) / 2


def annotate_next(selection: Selection, model: Model | None, *, limit: int) -> AcquisitionPage:
    """Samples of the pool that are worth most: like failures, uncertain, unlike what is labelled outside it.

    The pool is what has no label in the selection; where everything has one, the selection, as if it had none.

    Raises:
        InputError: there are no embeddings or neighbours yet, or nothing is in the pool.
    """
    embedding, matrix = stored_vectors(selection.database)
    from misnomer.features.neighbors.halves import read_rows  # with all that finds neighbours

    graph = neighbor_graph(selection.database, embedding)
    if graph is None or not np.array_equal(graph.sample_ids, matrix.sample_ids):
        raise InputError(
            "The neighbours of some images are not known yet.", hint="Find them: misnomer compute PROJECT neighbors"
        )
    candidates = _candidates(selection, graph, model)
    first = np.argsort(-candidates.worth * candidates.labelled_distance, kind="stable")[:_MOST_COMPARED]
    vectors = read_rows(matrix.vectors, candidates.rows[first])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    chosen, gains, distances = greedy_choice(
        vectors, candidates.worth[first], candidates.labelled_distance[first], limit
    )
    picked = first[chosen]
    records = sample_records(selection, matrix.sample_ids[candidates.rows[picked]].tolist())
    samples = tuple(
        _sample(record, candidates, int(place), float(gain), float(distance))
        for record, place, gain, distance in zip(records, picked, gains, distances, strict=True)
    )
    return AcquisitionPage(
        model=None if model is None else model.name,
        embedding=embedding.name,
        candidate_count=len(candidates.rows),
        labelled_count=candidates.left_out_count,
        pool_is_labelled=candidates.are_labelled,
        sentence=_sentence(candidates, len(samples), model),
        samples=samples,
    )


def _candidates(selection: Selection, graph: NeighborGraph, model: Model | None) -> _Candidates:
    columns = ["confidence"] if model is not None else []
    chosen = sample_columns(selection, columns, shown=True)
    is_in_pool, are_labelled = _pool(selection, chosen["label_id"])
    everything = sample_columns(
        Selection(selection.database, Filter(), model_id=selection.model_id, missing_policy=selection.missing_policy),
        [],
    )
    label, predicted = (np.full(len(graph.sample_ids), -1, np.int32) for _ in range(2))
    places = rows_of(graph, everything["sample_id"])
    label[places[places >= 0]] = everything["label_id"][places >= 0]
    predicted[places[places >= 0]] = everything["class_id"][places >= 0]
    rows = rows_of(graph, chosen["sample_id"])
    is_candidate = (rows >= 0) & is_in_pool
    rows = rows[is_candidate]
    if not len(rows):
        raise InputError(
            f"None of the {np.count_nonzero(is_in_pool):,} samples to choose from has an embedding.",
            hint="Embed them: misnomer compute PROJECT. Images that cannot be read have none.",
        )
    label[rows] = -1
    neighbors = graph.rows[rows]
    is_judged = (label >= 0) & (predicted >= 0)
    has_label = (neighbors >= 0) & (label[neighbors] >= 0)
    nearest = np.where(has_label, graph.distances[rows], np.inf).min(axis=1, initial=np.inf)
    return _Candidates(
        are_labelled,
        int(np.count_nonzero(~is_in_pool)),
        rows,
        failure_risk(neighbors, is_judged, is_judged & (label != predicted)) if model is not None else None,
        1 - chosen["confidence"][is_candidate] if model is not None else np.full(len(rows), np.nan),
        np.where(np.isinf(nearest), _FAR, nearest),
    )


def _pool(selection: Selection, label_ids: np.ndarray) -> tuple[np.ndarray, bool]:
    """(n,) bool: which of the selection's samples are in the pool; whether they have labels."""
    is_unlabelled = label_ids < 0
    if is_unlabelled.any():
        return is_unlabelled, False
    if selection.filter == Filter():
        raise InputError(
            "Every sample has a label: none is left to annotate.",
            hint="Choose the pool with a filter, such as a split (--split pool), whose labels then count as unknown; "
            "or add images that have no label yet: misnomer add-images PROJECT FOLDER",
        )
    if not len(label_ids):
        raise InputError("The filter has no samples to choose from.", hint="Choose with another filter, or none.")
    return ~is_unlabelled, True


def _sample(
    record: dict[str, object], candidates: _Candidates, place: int, score: float, distance: float
) -> AcquisitionSample:
    risk, uncertainty = candidates.risk, float(candidates.uncertainty[place])
    return AcquisitionSample.model_validate(
        {
            **record,
            "score": score,
            "failure_risk": None if risk is None else float(risk.risk[place]),
            "uncertainty": None if np.isnan(uncertainty) else uncertainty,
            "distance": distance,
            "reasons": tuple(_reasons(record, candidates, place, distance)),
        }
    )


def _reasons(record: dict[str, object], candidates: _Candidates, place: int, distance: float) -> list[str]:
    reasons = []
    labelled = "labelled outside the pool" if candidates.are_labelled else "labelled"
    nearest = "labelled image outside the pool" if candidates.are_labelled else "labelled image"
    risk, uncertainty = candidates.risk, float(candidates.uncertainty[place])
    if risk is not None and risk.wrong_count[place]:
        wrong, judged = int(risk.wrong_count[place]), int(risk.judged_count[place])
        reasons.append(f"The model is wrong on {wrong} of the {judged} most similar images whose label is known.")
    if not np.isnan(uncertainty):
        reasons.append(f"The model says “{record['prediction']}” with a confidence of {1 - uncertainty:.2f}.")
    if candidates.labelled_distance[place] >= _FAR:
        reasons.append(f"None of the 20 images most similar to it is {labelled}.")
    else:
        reasons.append(f"The nearest {nearest} is at a distance of {candidates.labelled_distance[place]:.2f}.")
    if distance < candidates.labelled_distance[place]:
        reasons.append(f"The nearest image higher in this list is at a distance of {distance:.2f}.")
    return reasons


def _sentence(candidates: _Candidates, chosen_count: int, model: Model | None) -> str:
    judged = "" if model is None else f" like the failures of {model.name}, of which it is unsure, and"
    count = len(candidates.rows)
    if candidates.are_labelled:
        pool = f"{chosen_count:,} of the {count:,} samples of the filter, taken as if they had no label,"
        return f"{pool}{judged} unlike what is labelled outside it or listed."
    sentence = f"{chosen_count:,} of {count:,} unlabelled samples,{judged} unlike what is labelled or listed."
    left_out = candidates.left_out_count
    return f"{sentence} Left out: {left_out:,} that have a label." if left_out else sentence
