"""The short way of what is known already: without routes, validation and threads."""

from collections.abc import Callable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from misnomer.server.answers import Answers, Content


class KnownAnswers:
    """ASGI middleware: sends an answer that is known, in a third of the time of a route.

    The same path and query have been asked for before, and were accepted; who asks has been checked before.

    Args:
        changes: gives how many times the project has been written to.
    """

    def __init__(self, app: ASGIApp, known: Sequence[Answers[Content]], changes: Callable[[], int]) -> None:
        self._app = app
        self._known = known
        self._changes = changes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        content = None
        if scope["type"] == "http" and scope["method"] == "GET":
            question, changes = question_of(scope), self._changes()
            found = (answers.find(question, changes) for answers in self._known)
            content = next((one for one in found if one is not None), None)
        if content is None:
            await self._app(scope, receive, send)
            return
        headers = {**content.headers, "Content-Length": str(len(content))}
        encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": encoded})
        await send({"type": "http.response.body", "body": content.body})


def question_of(scope: Scope) -> str:
    """What is asked for, and whether its answer may be compressed."""
    encoding = "gzip" if takes_gzip(scope) else "plain"
    return f"{encoding} {scope['path']}?{scope['query_string'].decode('latin-1')}"


def takes_gzip(scope: Scope) -> bool:
    """Whether who asks can read it."""
    wanted = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    parts = (one.replace(b" ", b"").lower().partition(b";q=") for one in wanted.split(b","))
    return any(name == b"gzip" and (not weight or weight.strip(b"0.") != b"") for name, _, weight in parts)
