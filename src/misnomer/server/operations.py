"""A group of routes as their decorators write them down, before an application makes them.

FastAPI makes a route where it is decorated and again where its router is included, each time with a validator for every
answer. Our answers are written as bytes, so a server needs none; only the description does. Made once and without them,
the routes are there in a tenth of the time, which is half a second of every start.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Depends, FastAPI

from misnomer.server.parameters import refuse_unknown_parameters
from misnomer.server.problems import PROBLEMS

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

_OF_THE_DESCRIPTION = ("response_model", "responses")


class Operations:
    """The routes of a group.

    Args:
        tag: the group's name in the description.
        prefix: of all their paths, below ``/api``.
    """

    def __init__(self, tag: str, *, prefix: str = "") -> None:
        self._tag = tag
        self._prefix = prefix
        self._noted: list[tuple[str, str, Callable[..., Any], dict[str, Any]]] = []

    def get(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers a GET; ``options`` are those of ``FastAPI.get``, likewise below."""
        return self._note("GET", path, options)

    def post(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers a POST."""
        return self._note("POST", path, options)

    def put(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers a PUT."""
        return self._note("PUT", path, options)

    def delete(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers a DELETE."""
        return self._note("DELETE", path, options)

    def _note(self, method: str, path: str, options: dict[str, Any]) -> Callable[[Endpoint], Endpoint]:
        def decorate(endpoint: Endpoint) -> Endpoint:
            self._noted.append((method, path, endpoint, options))
            return endpoint

        return decorate

    def add_to(self, app: FastAPI, *, described: bool) -> None:
        """Make the routes.

        Args:
            described: with the models of all answers and problems; else of those answers that are not bytes already.
        """
        for method, path, endpoint, options in self._noted:
            if described:
                options = {**options, "responses": PROBLEMS | options.get("responses", {})}
            else:
                options = {name: value for name, value in options.items() if name not in _OF_THE_DESCRIPTION}
            app.add_api_route(
                f"/api{self._prefix}{path}",
                endpoint,
                methods=[method],
                tags=[self._tag],
                dependencies=[Depends(refuse_unknown_parameters)],
                **options,
            )
