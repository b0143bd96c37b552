"""What to annotate next."""

from typing import Annotated

from fastapi import Query, Response

from misnomer.project.acquisition_results import AcquisitionPage
from misnomer.server.operations import Operations
from misnomer.server.parameters import ChosenFilter, ModelName
from misnomer.server.served import Answering

router = Operations("acquisition")


@router.get("/acquisition", response_model=AcquisitionPage)
def get_acquisition(
    answering: Answering,
    filter: ChosenFilter,
    model: ModelName = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 50,
) -> Response:
    """Samples of a filter that are worth most to annotate, with the reasons: unlabelled ones, or all if none is."""
    return answering(lambda project: project.annotate_next(model=model, where=filter, limit=limit))
