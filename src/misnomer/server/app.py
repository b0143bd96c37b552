"""The application: routes, problems, access, pages put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from misnomer import settings
from misnomer.project import Project
from misnomer.server.access import Access, Guard
from misnomer.server.answers import Answers, Content
from misnomer.server.events import Events
from misnomer.server.jobs import Jobs
from misnomer.server.known import KnownAnswers
from misnomer.server.pages import Pages
from misnomer.server.problems import add_problem_handlers
from misnomer.server.routes import routers
from misnomer.server.served import Served
from misnomer.server.warming import NoticeQuestions, Warming, steps_of

_MIB = 1 << 20


def create_app(project: Project, access: Access, *, read_only: bool = False, reads_ahead: bool = False) -> FastAPI:
    """The application over an open project, which it leaves open.

    Args:
        access: who may ask.
        read_only: refuse every change.
        reads_ahead: once something was answered, import and read in the background what will be asked next.
    """
    app = api()
    if reads_ahead:
        app.state.warming = Warming(lambda: steps_of(project))
        app.add_middleware(NoticeQuestions, warming=app.state.warming)
    events = Events()
    jobs = Jobs(project, events)
    answers: Answers[Content] = Answers(settings.get_int("answer_cache_mb") * _MIB)
    app.state.served = Served(project, read_only, answers, events, jobs)
    app.router.add_route("/{path:path}", Pages().__call__, include_in_schema=False)
    app.add_middleware(KnownAnswers, answers=answers, changes=lambda: project.changes)
    app.add_middleware(Guard, access=access)  # the last that is added is the first that is asked
    return app


class _Application(FastAPI):
    """One that is described when somebody asks: the models of all answers would cost a start half a second."""

    def openapi(self) -> dict[str, Any]:
        """The description of the routes."""
        if not self.openapi_schema:
            self.openapi_schema = _with_routes(FastAPI, described=True).openapi()
        return self.openapi_schema


def api() -> FastAPI:
    """The routes and their description, without a project."""
    return _with_routes(_Application, described=False)


def _with_routes(kind: type[FastAPI], *, described: bool) -> FastAPI:
    app = kind(
        title="misnomer",
        version="1",
        summary="Evaluate an image classifier, see where and why it fails, find wrong labels.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
    )
    add_problem_handlers(app)
    for router in routers():
        router.add_to(app, described=described)
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's own name: stable, and what a generated client calls."""
    return route.name


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.served.events.close()
    app.state.served.jobs.close()
    if hasattr(app.state, "warming"):
        app.state.warming.close()
