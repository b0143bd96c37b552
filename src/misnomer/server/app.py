"""The application: who may ask, the pages at once, and the API as soon as it is there."""

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

from misnomer.project import Project
from misnomer.server.access import Access, Guard
from misnomer.server.pages import Pages

if TYPE_CHECKING:
    from misnomer.server.api import Api


class App:
    """ASGI application over an open project, which it leaves open.

    The API is made in a thread: it imports for a third of a second, in which a browser can load the pages. Who asks it
    meanwhile waits.

    Args:
        access: who may ask.
        read_only: refuse every change.
        reads_ahead: once something was answered, import and read in the background what will be asked next.
    """

    def __init__(self, project: Project, access: Access, *, read_only: bool = False, reads_ahead: bool = False) -> None:
        self._pages = Pages()
        self._guarded: ASGIApp = Guard(self._answer, access)
        self._api: Future[Api] = Future()
        making = threading.Thread(target=self._make_api, args=(project, read_only, reads_ahead), name="misnomer-api")
        making.start()

    def _make_api(self, project: Project, read_only: bool, reads_ahead: bool) -> None:
        try:
            from misnomer.server.api import create_api

            self._api.set_result(create_api(project, read_only=read_only, reads_ahead=reads_ahead))
        except BaseException as problem:
            self._api.set_exception(problem)

    async def api(self) -> "Api":
        """The API, when it is there."""
        return self._api.result() if self._api.done() else await asyncio.wrap_future(self._api)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._guarded(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        of_api = f"{scope['path']}/".startswith("/api/")
        await (await self.api() if of_api else self._pages)(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """From start to end, as ASGI has it."""
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        (await self.api()).close()
        await send({"type": "lifespan.shutdown.complete"})
