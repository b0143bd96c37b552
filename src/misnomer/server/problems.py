"""Every error as JSON of one shape, with the status that suits it."""

import logging
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from misnomer.errors import (
    ImageUnavailable,
    InputError,
    MisnomerError,
    ProjectLocked,
    ProjectNotFound,
    StorageFailure,
    UnknownSample,
)

if TYPE_CHECKING:
    from fastapi import FastAPI

_log = logging.getLogger("misnomer.server")

# The first that fits.
_STATUSES: tuple[tuple[type[MisnomerError], int], ...] = (
    (UnknownSample, 404),
    (ImageUnavailable, 404),
    (InputError, 422),
    (ProjectNotFound, 404),
    (ProjectLocked, 409),
    (StorageFailure, 507),
    (MisnomerError, 409),
)


class Problem(BaseModel):
    """What was wrong, and what to do about it."""

    code: str
    message: str
    hint: str


class Refusal(Exception):
    """A request that is refused whatever the project holds: the status of HTTP, and what a Problem says."""

    def __init__(self, status: int, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.response = problem_response(status, code, message, hint)


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description}
    for status, description in {
        401: "No token, or a wrong one.",
        403: "From elsewhere, or a change to a project that is served for reading only.",
        404: "There is no such thing.",
        409: "Not now: the project is busy.",
        413: "More than may be sent.",
        422: "An unknown name, or a value that cannot be read.",
        507: "The disk refused.",
    }.items()
}


def add_problem_handlers(app: "FastAPI") -> None:
    """Make every error that leaves a route a Problem."""
    from fastapi.exceptions import RequestValidationError

    app.add_exception_handler(MisnomerError, _of_project)
    app.add_exception_handler(Refusal, _of_refusal)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_bug)


def problem_response(status: int, code: str, message: str, hint: str = "") -> JSONResponse:
    """A Problem as an answer."""
    content = Problem(code=code, message=message, hint=hint).model_dump()
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


async def _of_project(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, MisnomerError)
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    return problem_response(status, error.code, error.message, error.hint)


async def _of_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return error.response


async def _of_validation(request: Request, error: Exception) -> JSONResponse:
    from fastapi.exceptions import RequestValidationError

    assert isinstance(error, RequestValidationError)
    wrong = [f"{'.'.join(map(str, one['loc'][1:])) or one['loc'][0]}: {one['msg']}" for one in error.errors()[:5]]
    return problem_response(422, "invalid_parameter", "; ".join(wrong), "The API's description is at api/openapi.json.")


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
    response = problem_response(error.status_code, code, f"{error.detail}: {request.method} {request.url.path}")
    response.headers.update(error.headers or {})
    return response


async def _of_bug(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    message = f"{type(error).__name__} in {request.method} {request.url.path}."
    return problem_response(500, "bug", message, "This is a bug in misnomer; its terminal has more.")
