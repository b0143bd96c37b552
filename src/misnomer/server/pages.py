"""The web app that is built into the package: its files, and its one page under the path of every page."""

import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

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

    async def __call__(self, request: Request) -> Response:
        path = request.path_params["path"]
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404, "Not Found")
        file = (self._directory / path).resolve() if path and "\0" not in path else self._directory
        if file.is_relative_to(self._directory) and file.is_file() and file.name != "index.html":
            cache = _FOR_EVER if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Cache-Control": cache})
        if "." in path.rpartition("/")[2]:
            raise HTTPException(404, "Not Found")
        return self._page(path)

    def _page(self, path: str) -> Response:
        """The app's page; its ``base`` leads from the page's own path to the root, whatever a proxy puts before it."""
        base = "../" * path.count("/") or "./"
        index = self._directory / "index.html"
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT.format(base=base), 503)
        page = re.sub("<base [^>]*>", f'<base href="{base}">', index.read_text(encoding="utf-8"), count=1)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})
