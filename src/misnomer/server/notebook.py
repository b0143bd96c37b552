"""The pages in a notebook's cell: a server in this process, in a frame, directly or by the notebook's proxy."""

import html
import threading
from typing import Any

from misnomer.errors import InputError
from misnomer.project import Project
from misnomer.server.access import ANY_HOST
from misnomer.server.serve import Server

_START_SECONDS = 20

# A notebook on this machine reaches the port by itself; one behind a hub by jupyter-server-proxy, below its base URL.
# The frame has the notebook's own host name: browsers send a strict cookie only within one site.
_FRAME = """<iframe id="{id}" title="misnomer" style="width: 100%; height: {height}px; border: 0"></iframe>
<script>
(() => {{
  const config = document.getElementById("jupyter-config-data");
  const base = config ? JSON.parse(config.textContent).baseUrl : document.body.dataset.baseUrl;
  const here = ["localhost", "127.0.0.1", "[::1]", ""].includes(location.hostname);
  const root = here || !base ? `http://${{here && location.hostname || "127.0.0.1"}}:{port}/`
    : new URL(`${{base}}proxy/{port}/`, location.href).href;
  document.getElementById("{id}").src = `${{root}}?token={token}`;
}})();
</script>
<p><a href="{url}" target="_blank" rel="noopener">Open in a tab</a></p>"""


class NotebookPages:
    """The pages of a project that is open here; a notebook shows them where this is the value of a cell.

    Args:
        project: stays open, and may be used meanwhile.
        port: 0: any free one; None: the setting's, or the next free one.
        height_px: of the frame.
    """

    def __init__(self, project: Project, *, port: int | None = None, height_px: int = 800) -> None:
        self._server = Server(
            project, port=port, read_only=project.read_only, allowed_hosts=(ANY_HOST,), embeddable=True
        )
        self._height_px = height_px
        started = threading.Event()
        self._thread = threading.Thread(
            target=self._server.run_until_stopped, args=(started.set,), name="misnomer-pages", daemon=True
        )
        self._thread.start()
        if not started.wait(_START_SECONDS):
            self.stop()
            raise InputError("The pages did not start.", hint="Try another port: project.serve(port=0).")

    @property
    def url(self) -> str:
        """Where the pages are on this machine, with their token."""
        return self._server.url

    def wait(self) -> None:
        """Serve until Ctrl-C; for scripts."""
        try:
            self._thread.join()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the pages; the project stays open."""
        self._server.stop()
        self._thread.join()

    def __repr__(self) -> str:
        return f"<misnomer pages at {self.url}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        values: dict[str, Any] = {
            "id": f"misnomer-{self._server.port}",
            "port": self._server.port,
            "token": self._server.token,
            "height": int(self._height_px),
            "url": html.escape(self.url),
        }
        return _FRAME.format(**values)
