"""The samples: page by page, and one in full."""

from typing import Annotated

from fastapi import Path, Query, Response

from misnomer.project.results import FieldHistogram, FieldValues, SampleDetail, SamplePage
from misnomer.server.operations import Operations
from misnomer.server.parameters import Chosen, Labels, ModelName
from misnomer.server.served import Answering

router = Operations("samples")

SampleId = Annotated[int, Path(ge=0, le=2**31 - 1, description="The sample's id.")]


@router.get("/samples", response_model=SamplePage)
def get_samples(
    answering: Answering,
    chosen: Chosen,
    sort: Annotated[str | None, Query(description="In the order of a field; -FIELD: descending.")] = None,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1, description="How many to leave out.")] = 0,
    limit: Annotated[int, Query(ge=0, le=500, description="How many at most.")] = 100,
) -> Response:
    """Samples of a filter in an order, and how many there are in all."""
    return answering(lambda project: project.samples(**chosen, sort=sort, offset=offset, limit=limit))


@router.get("/samples/{sample_id}", response_model=SampleDetail)
def get_sample(
    answering: Answering, sample_id: SampleId, model: ModelName = None, labels: Labels = "given"
) -> Response:
    """One sample with everything known about it."""
    return answering(lambda project: project.sample(sample_id, model=model, labels=labels))


@router.get("/histogram", response_model=FieldHistogram)
def get_histogram(
    answering: Answering,
    field: Annotated[str, Query(description="A metric.")],
    chosen: Chosen,
    bins: Annotated[int, Query(ge=1, le=500, description="How many bins at most.")] = 30,
) -> Response:
    """How the values of a metric are spread over the samples of a filter."""
    return answering(lambda project: project.histogram(field, **chosen, bins=bins))


@router.get("/values", response_model=FieldValues)
def get_values(
    answering: Answering,
    field: Annotated[str, Query(description="A field of text.")],
    text: Annotated[str, Query(description="Only values that have it in them, in capitals or not.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 50,
    model: ModelName = None,
    labels: Labels = "given",
) -> Response:
    """The most frequent values of a field of text, of all samples."""
    return answering(lambda project: project.field_values(field, text=text, limit=limit, model=model, labels=labels))
