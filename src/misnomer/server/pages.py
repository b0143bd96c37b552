"""The web app that is built into the package: its files, and its one page under the path of every page."""

import re
from mimetypes import guess_type
from pathlib import Path

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from misnomer.server.problems import problem_response

WEB = Path(__file__).parent / "web"
_FOR_EVER = "private, max-age=31536000, immutable"

_NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>misnomer</title></head>
<body><main>
<h1>The pages have not been built</h1>
<p>This misnomer runs from a source checkout. Build its pages once, then load this page again:</p>
<pre>make web</pre>
<p>It needs Node.js 20 with npm. A released package has the pages in it.
The <a href="{base}api/openapi.json">API</a> is here already.</p>
</main></body>
</html>
"""


class Pages:
    """Answers every path that is not the API's.

    Args:
        directory: of the built app: ``index.html``, and ``assets/`` whose names change with their content.
    """

    def __init__(self, directory: Path = WEB) -> None:
        self._directory = directory.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in ("GET", "HEAD"):
            answer = self._answer(scope["path"].removeprefix("/"))
        else:
            answer = _refusal(405, "method_not_allowed", "Method Not Allowed", scope)
        await (answer or _refusal(404, "not_found", "Not Found", scope))(scope, receive, send)

    def _answer(self, path: str) -> Response | None:
        """A file, the page; None where neither is."""
        file = (self._directory / path).resolve() if path and "\0" not in path else self._directory
        if file.is_relative_to(self._directory) and file.is_file() and file.name != "index.html":
            cache = _FOR_EVER if path.startswith("assets/") else "no-cache"
            # At once, and not by a thread: while the server starts, every change of threads waits for the others.
            return Response(file.read_bytes(), media_type=guess_type(file)[0], headers={"Cache-Control": cache})
        return None if "." in path.rpartition("/")[2] else self._page(path)

    def _page(self, path: str) -> Response:
        """The app's page; its ``base`` leads from the page's own path to the root, whatever a proxy puts before it."""
        base = "../" * path.count("/") or "./"
        index = self._directory / "index.html"
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT.format(base=base), 503)
        page = re.sub("<base [^>]*>", f'<base href="{base}">', index.read_text(encoding="utf-8"), count=1)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _refusal(status: int, code: str, message: str, scope: Scope) -> Response:
    return problem_response(status, code, f"{message}: {scope['method']} {scope['path']}")
