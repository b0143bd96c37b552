"""Reading ahead: what the next questions need is imported and read in the background when the first are answered.

The first chart would wait for Altair (0.3 s of a core, as long again for its first use), importance for SciPy and every
column. None of it is needed for the first rows, and nobody waits for it: it begins when nothing was asked for a moment.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

from misnomer.errors import MisnomerError
from misnomer.project import Project
from misnomer.server.drawing import specification
from misnomer.server.scores import Scores

_QUIET_SECONDS = 0.4  # longer than between the questions of a page that opens


class Warming:
    """Goes through ``steps`` once, in a thread of its own, one at a time, each when nothing was asked for a moment."""

    def __init__(self, steps: Callable[[], Iterator[object]], *, quiet_seconds: float = _QUIET_SECONDS) -> None:
        self._steps = steps
        self._quiet_seconds = quiet_seconds
        self._waiting = 0
        self._quiet_since = 0.0
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def question(self) -> Iterator[None]:
        """Somebody asks, and waits as long as the block lasts; after the first, begin."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            self._quiet_since = time.monotonic()
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._work, name="misnomer-warming", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End after the step that runs, and wait for it."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        with contextlib.suppress(MisnomerError):  # who asks for it will be told
            steps = self._steps()
            while self._is_quiet():
                if next(steps, self) is self:
                    return

    def _is_quiet(self) -> bool:
        """Wait until nobody has waited for a moment; False if it is closed."""
        while (left := self._seconds_left()) > 0:
            if self._closed.wait(left):
                return False
        return not self._closed.is_set()

    def _seconds_left(self) -> float:
        if self._waiting:
            return self._quiet_seconds
        return self._quiet_since + self._quiet_seconds - time.monotonic()


class NoticeQuestions:
    """ASGI middleware: tells the warming of every question to the API; who listens to events does not wait."""

    def __init__(self, app: ASGIApp, warming: Warming) -> None:
        self._app = app
        self._warming = warming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["path"].startswith("/api/") and scope["path"] != "/api/events"
        with self._warming.question() if asks else contextlib.nullcontext():
            await self._app(scope, receive, send)


def steps_of(project: Project, scores: Scores) -> Iterator[object]:
    """What the pages ask first about a project's first model; other models share most of what it imports and reads."""
    from misnomer import charts

    yield charts
    for model in project.models[:1]:
        report = scores.importance(model=model)
        yield report
        evaluation = scores.evaluate(model=model)
        yield evaluation
        yield specification(partial(charts.confusion_matrix, evaluation))
        for row in report.importance[:1]:
            performance = project.by_metric(row.metric, model=model)
            yield specification(partial(charts.by_metric, performance))
        yield project.outliers(model=model, limit=1)
        for sample in project.samples(model=model, limit=1).samples:
            yield project.sample(sample.id, model=model)
