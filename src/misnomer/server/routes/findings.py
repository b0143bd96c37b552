"""Outliers, slices, and two models compared."""

from typing import Annotated

from fastapi import Query, Response

from misnomer.evaluation.comparison import Comparison
from misnomer.evaluation.outlier_report import OutlierReport
from misnomer.evaluation.slice_report import SliceReport
from misnomer.server.operations import Operations
from misnomer.server.parameters import Chosen, ChosenFilter, Labels
from misnomer.server.served import Answering

router = Operations("findings")

Limit = Annotated[int, Query(ge=0, le=500, description="How many at most.")]


@router.get("/outliers", response_model=OutlierReport)
def get_outliers(answering: Answering, chosen: Chosen, limit: Limit = 5) -> Response:
    """Of each metric the fences, the samples beyond them, and the most extreme ones."""
    return answering(lambda project: project.outliers(**chosen, limit=limit))


@router.get("/slices", response_model=SliceReport)
def get_slices(
    answering: Answering,
    chosen: Chosen,
    minimum_support: Annotated[
        int | None, Query(ge=1, description="Samples that a slice has at least; 20 if it is left out.")
    ] = None,
    limit: Limit = 50,
) -> Response:
    """Slices on which the model is right less often than on the rest, by more than chance."""
    return answering(lambda project: project.slices(**chosen, minimum_support=minimum_support, limit=limit))


@router.get("/compare", response_model=Comparison)
def get_comparison(
    answering: Answering,
    a: Annotated[str, Query(description="Name of one model, with which the filter is seen.")],
    b: Annotated[str, Query(description="Name of the other.")],
    filter: ChosenFilter,
    labels: Labels = "given",
) -> Response:
    """Two models on the samples that both predicted."""
    return answering(lambda project: project.compare(a, b, where=filter, labels=labels))
