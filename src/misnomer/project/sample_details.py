"""One sample with everything known about it."""

from pathlib import Path

import numpy as np

from misnomer.errors import UnknownSample
from misnomer.evaluation.probabilities import to_probabilities
from misnomer.features.files import is_url
from misnomer.project.computing.locations import resolve_locations
from misnomer.project.grouping import duplicate_flags
from misnomer.project.label_errors import label_flags
from misnomer.project.outlying import outlier_flags
from misnomer.project.results import ClassProbability, ImageInfo, NeighborVote, Sample, SampleDetail
from misnomer.project.similar_results import vote_sentence
from misnomer.store.database import Database
from misnomer.store.listing import sample_record
from misnomer.store.neighbor_metrics import neighbor_votes
from misnomer.store.sample_detail import image_problem, matrix_row, metric_percentiles
from misnomer.store.samples import image_place
from misnomer.store.selection import Selection

_PROBABILITIES = 10


def sample_detail(selection: Selection, sample_id: int) -> SampleDetail:
    """A sample seen with the selection's model.

    Raises:
        UnknownSample: there is none of this id.
    """
    record = sample_record(selection, sample_id)
    if record is None:
        raise UnknownSample(sample_id)
    values = {name: value for name, value in record["metrics"].items() if value is not None}
    return SampleDetail(
        **record,
        percentiles=metric_percentiles(selection, values),
        probabilities=_probabilities(selection.database, selection.model_id, sample_id),
        image=_image(selection.database, sample_id, values),
        flags=(
            *label_flags(selection, sample_id),
            *duplicate_flags(selection.database, Sample.model_validate(record)),
            *outlier_flags(selection, values),
        ),
        neighbors=_neighbors(selection.database, sample_id),
    )


def _neighbors(database: Database, sample_id: int) -> NeighborVote | None:
    votes = neighbor_votes(database, sample_id)
    if votes is None:
        return None
    agreeing = None if votes.agreeing_share is None else round(votes.agreeing_share * votes.counted)
    count = round(votes.majority_share * votes.counted)
    return NeighborVote(
        counted=votes.counted,
        agreeing=agreeing,
        majority=votes.majority,
        majority_count=count,
        sentence=vote_sentence(votes.counted, count, votes.majority),
    )


def _probabilities(database: Database, model_id: int | None, sample_id: int) -> tuple[ClassProbability, ...]:
    found = None if model_id is None else matrix_row(database, model_id, sample_id)
    if found is None:
        return ()
    kind, names, row = found
    probabilities = to_probabilities(row, kind)[0]
    order = np.argsort(-probabilities, kind="stable")[:_PROBABILITIES]
    return tuple(ClassProbability(class_name=names[i], probability=float(probabilities[i])) for i in order)


def _image(database: Database, sample_id: int, metrics: dict[str, float]) -> ImageInfo:
    place = image_place(database, sample_id)
    location = resolve_locations(place, database.directory)[0] if place.num_rows else None
    problem = image_problem(database, sample_id)
    there = location is not None and (is_url(location) or Path(location).is_file())
    if problem is None and not there:
        problem = "The sample has no image." if location is None else f"There is no file {location}."
    width_px, height_px = metrics.get("width"), metrics.get("height")
    return ImageInfo(
        width_px=None if width_px is None else int(width_px),
        height_px=None if height_px is None else int(height_px),
        available=problem is None,
        problem=problem,
    )
