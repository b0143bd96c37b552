"""What the routes work with: the open project, its answers, its jobs; and how a route asks for them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request, Response

from misnomer.project import Project
from misnomer.server.answers import JSON, Answerable, Answers, Content
from misnomer.server.events import Events
from misnomer.server.jobs import Jobs
from misnomer.server.known import question_of, takes_gzip
from misnomer.server.problems import Refusal
from misnomer.server.scores import Scores


@dataclass(frozen=True)
class Served:
    """A project as it is served.

    Attributes:
        answers: as JSON; ``maps`` are apart, since two of a million samples would take the place of all others.
    """

    project: Project
    read_only: bool
    answers: Answers[Content]
    maps: Answers[Content]
    scores: Scores
    events: Events
    jobs: Jobs

    def tell_changed(self) -> None:
        """Tell every page that something has been written."""
        self.events.tell("changed", json.dumps({"changes": self.project.changes}))


async def _served(request: Request) -> Served:
    return cast(Served, request.app.state.served)


async def _writable(request: Request) -> Served:
    served = cast(Served, request.app.state.served)
    if served.read_only:
        raise Refusal(
            403,
            "read_only",
            "The project is served for reading only.",
            hint="Start it without --read-only to change it.",
        )
    return served


async def _answering(request: Request) -> "Answer":
    served = cast(Served, request.app.state.served)

    def answer(ask: Callable[[Project], Answerable], media_type: str = JSON, *, about: str = "") -> Response:
        project = served.project
        gzipped = takes_gzip(request.scope)
        content = (served.answers if media_type == JSON else served.maps).get(
            question_of(request.scope) + about,
            project.changes,
            lambda: Content.of(ask(project), media_type, gzipped=gzipped),
        )
        return Response(content.body, headers=content.headers)

    return answer


class Answer(Protocol):
    """What ``Answering`` gives a route; ``about`` is what the question says beside its path and parameters."""

    def __call__(
        self, ask: Callable[[Project], Answerable], media_type: str = ..., *, about: str = ...
    ) -> Response: ...


Serving = Annotated[Served, Depends(_served)]
"""The project, for a route that reads it and whose answer is not kept."""

Writing = Annotated[Served, Depends(_writable)]
"""The project, for a route that changes it; refused where it is served for reading only."""

Answering = Annotated[Answer, Depends(_answering)]
"""A function that answers a GET: ``answering(lambda project: project.info())`` computes, or gives what is known."""
