"""The samples' images, by id only."""

from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BeforeValidator

from misnomer.project.pictures import Picture
from misnomer.server.operations import Operations
from misnomer.server.routes.samples import SampleId
from misnomer.server.served import Serving

router = Operations("pictures", prefix="/samples")


def _whole(text: str | int) -> str | int:
    """A parameter is text, which is equal to none of a few numbers."""
    return int(text) if isinstance(text, str) and text.isdecimal() else text


Version = Annotated[
    str | None, Query(alias="v", max_length=40, description="The sample's version: the answer may be kept for ever.")
]
ThumbnailSize = Annotated[
    Literal[128, 256, 512], BeforeValidator(_whole), Query(description="Of its longer side, in px.")
]
_FOR_EVER = "private, max-age=31536000, immutable"
_IMAGES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The image.", "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}}},
    206: {"description": "The part of it that was asked for."},
    304: {"description": "It has not changed."},
    416: {"description": "There is no such part of it."},
}


@router.get("/{sample_id}/thumbnail", response_class=Response, responses=_IMAGES)
def get_thumbnail(
    serving: Serving,
    request: Request,
    sample_id: SampleId,
    size: ThumbnailSize = 256,
    version: Version = None,
) -> Response:
    """The sample's image, small."""
    return _response(request, serving.project.pictures.thumbnail(sample_id, size), version)


@router.get("/{sample_id}/image", response_class=Response, responses=_IMAGES)
def get_image(serving: Serving, request: Request, sample_id: SampleId, version: Version = None) -> Response:
    """The sample's image as it is, or converted where browsers cannot show it."""
    return _response(request, serving.project.pictures.image(sample_id), version)


def _response(request: Request, picture: Picture, version: str | None) -> Response:
    headers = {"Cache-Control": _FOR_EVER if version else "private, no-cache", "ETag": f'"{picture.tag}"'}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if picture.path is not None:
        return FileResponse(picture.path, media_type=picture.media_type, headers=headers)
    return Response(picture.content, media_type=picture.media_type, headers=headers)
