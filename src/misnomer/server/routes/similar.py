"""Images similar to samples, to a region of them, or to an uploaded one."""

from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from misnomer.errors import InputError
from misnomer.filters import Filter
from misnomer.project.similar_results import SimilarPage
from misnomer.schema import LabelVersion
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body, BodyFilter, Chosen
from misnomer.server.served import Answering, Serving

router = Operations("similar", prefix="/similar")

_LARGEST_UPLOAD = 64 << 20
_UPLOAD = {
    "requestBody": {"required": True, "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}}}
}


class SimilarQuery(Body):
    """What to look for similar ones of: samples by key, or all of a filter; and among which samples."""

    keys: Annotated[tuple[str, ...], Field(max_length=10_000)] = ()
    filter: BodyFilter | None = None
    among: BodyFilter = Filter()
    model: str | None = None
    labels: LabelVersion = "given"
    limit: Annotated[int, Field(ge=1, le=500)] = 50


@router.post("", response_model=SimilarPage)
def find_similar(answering: Answering, body: SimilarQuery) -> Response:
    """The samples most similar to some others, nearest first."""
    return answering(
        lambda project: project.similar(
            *body.keys, to=body.filter, among=body.among, model=body.model, labels=body.labels, limit=body.limit
        ),
        about=repr(body),
    )


async def _content(request: Request) -> bytes:
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _LARGEST_UPLOAD:
            raise InputError("The image has more than 64 MB.", hint="Upload a smaller one.")
    return bytes(content)


@router.post("/image", response_model=SimilarPage, openapi_extra=_UPLOAD)
async def find_similar_to_image(
    serving: Serving,
    request: Request,
    chosen: Chosen,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 50,
) -> SimilarPage:
    """The samples of a filter most similar to an image, which is the body as it is."""
    image = await _content(request)
    return await run_in_threadpool(
        serving.project.similar,
        image=image,
        among=chosen["where"],
        model=chosen["model"],
        labels=chosen["labels"],
        limit=limit,
    )
