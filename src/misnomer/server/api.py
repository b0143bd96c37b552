"""The API of a project: routes, problems and known answers put together."""

from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.routing import APIRoute

from misnomer import settings
from misnomer.project import Project
from misnomer.server.answers import Answers, Content
from misnomer.server.events import Events
from misnomer.server.jobs import Jobs
from misnomer.server.known import KnownAnswers
from misnomer.server.problems import add_problem_handlers
from misnomer.server.routes import routers
from misnomer.server.scores import Scores
from misnomer.server.served import Served
from misnomer.server.warming import NoticeQuestions, Warming, steps_of

Kind = TypeVar("Kind", bound=FastAPI)

_MIB = 1 << 20


class Api(FastAPI):
    """One that is described when somebody asks: the models of all answers would cost a start half a second."""

    def openapi(self) -> dict[str, Any]:
        """The description of the routes."""
        if not self.openapi_schema:
            self.openapi_schema = _with_routes(FastAPI, described=True).openapi()
        return self.openapi_schema

    def close(self) -> None:
        """End the streams of events, and what goes on in the background."""
        self.state.served.events.close()
        self.state.served.jobs.close()
        if hasattr(self.state, "warming"):
            self.state.warming.close()


def create_api(project: Project, *, read_only: bool = False, reads_ahead: bool = False) -> Api:
    """The API over an open project, which it leaves open.

    Args:
        read_only: refuse every change.
        reads_ahead: once something was answered, import and read in the background what will be asked next.
    """
    made = api()
    scores = Scores(project)
    if reads_ahead:
        made.state.warming = Warming(lambda: steps_of(project, scores))
        made.add_middleware(NoticeQuestions, warming=made.state.warming)
    events = Events()
    limit_bytes = settings.get_int("answer_cache_mb") * _MIB
    known: tuple[Answers[Content], Answers[Content]] = Answers(limit_bytes), Answers(limit_bytes)
    made.state.served = Served(project, read_only, *known, scores, events, Jobs(project, events))
    made.add_middleware(KnownAnswers, known=known, changes=lambda: project.changes)
    return made


def api() -> Api:
    """The routes and their description, without a project."""
    return _with_routes(Api, described=False)


def _with_routes(kind: type[Kind], *, described: bool) -> Kind:
    made = kind(
        title="misnomer",
        version="1",
        summary="Evaluate an image classifier, see where and why it fails, find wrong labels.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    add_problem_handlers(made)
    for router in routers():
        router.add_to(made, described=described)
    return made


def _operation_id(route: APIRoute) -> str:
    """The function's own name: stable, and what a generated client calls."""
    return route.name
