"""Images measured and embedded by Ray's workers: a part of them a task, answers taken as they come."""

import logging
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer import settings
from misnomer.errors import InputError, MisnomerError
from misnomer.features.embedders.embedder import Embedder
from misnomer.features.ray_session import ray_session
from misnomer.features.ray_work import EmbedderName, embed_part, measure_part, metric_versions
from misnomer.features.scan import scan_schema

_MEASURED_PART = 256  # a second's work, written in one go
_EMBEDDED_PART = 64  # a second's work, whole batches

Argument = TypeVar("Argument")
Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)


class RayEngine:
    """Ray's workers, connected to when the first image is to be looked at.

    A worker that dies costs nothing: its part is done again an image at a time, and only the image that a worker dies
    of twice more, alone, is given up.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.threads = settings.get_int("workers")
        self._workers = self.threads if workers is None else workers
        self._ray: Any = None
        self._session = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def measure(self, locations: Sequence[str]) -> Generator[pa.RecordBatch]:
        """What ``scan_images`` yields, in any order."""
        schema = scan_schema()
        with closing(self._answers(measure_part, metric_versions(), locations, _MEASURED_PART)) as answers:
            for rows, chunks in answers:
                if chunks is None:
                    lost = {"row": rows.start, "problem": "unreadable_image"}
                    lost["problem_detail"] = "The Ray worker that decoded it died, each time."
                    yield pa.RecordBatch.from_pylist([lost], schema)
                else:
                    for chunk in chunks:
                        yield chunk.set_column(0, schema.field(0), pc.add(chunk["row"], rows.start))

    def embed(self, locations: Sequence[str], embedder: Embedder) -> Generator[tuple[np.ndarray, np.ndarray]]:
        """What ``embed_images`` yields, in any order."""
        wanted = EmbedderName(_from_anywhere(embedder.name), embedder.version)
        with closing(self._answers(embed_part, wanted, locations, _EMBEDDED_PART)) as answers:
            for rows, batches in answers:
                if batches is None:
                    _log.warning("%s has no vector: the Ray worker that decoded it died.", locations[rows.start])
                else:
                    yield from ((part_rows + rows.start, vectors) for part_rows, vectors in batches)

    def _answers(
        self,
        work: Callable[[Sequence[str], Argument], Answer],
        argument: Argument,
        locations: Sequence[str],
        part_images: int,
    ) -> Generator[tuple[range, Answer | None]]:
        """Rows of each part and the answer; None for a single image of which every worker died."""
        if not locations:
            return
        ray = self._connected()
        environment = {"env_vars": {"MISNOMER_MAX_IMAGE_PIXELS": str(settings.get_int("max_image_pixels"))}}
        task = ray.remote(num_cpus=1, runtime_env=environment, max_retries=0)(work)
        workers = self._workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        every_row = range(len(locations))
        waiting = deque(every_row[start : start + part_images] for start in range(0, len(locations), part_images))
        running: dict[Any, range] = {}
        trusted = False

        def answer_of(reference: Any) -> Answer | None:
            try:
                answer: Answer = ray.get(reference)
            except ray.exceptions.RayTaskError as failure:
                raise _told(failure) from failure
            except ray.exceptions.RayError as death:
                _log.debug("A Ray worker died: %s", death)
                return None
            return answer

        try:
            while waiting or running:
                while waiting and len(running) < workers:
                    part = waiting.popleft()
                    chosen = task if len(part) > 1 else task.options(max_retries=1)
                    running[chosen.remote([locations[row] for row in part], argument)] = part
                (reference,), _ = ray.wait(list(running), num_returns=1)
                part, answer = running[reference], answer_of(reference)
                del running[reference]
                trusted = trusted or answer is not None or answer_of(task.remote([], argument)) is not None
                if not trusted:
                    raise InputError("Ray's workers die before they look at an image.", hint="See Ray's logs.")
                if answer is None and len(part) > 1:
                    waiting.extendleft(range(row, row + 1) for row in part)
                else:
                    yield part, answer
        finally:
            for reference in running:
                ray.cancel(reference)

    def _connected(self) -> Any:
        if self._ray is None:
            self._ray = self._session.enter_context(ray_session(self._workers))
        return self._ray


def _told(failure: Any) -> MisnomerError:
    cause = failure.cause
    if isinstance(cause, MisnomerError):
        return cause
    return InputError(
        f"A Ray worker failed: {type(cause).__name__}: {cause}",
        hint="Install the same misnomer and the same packages on every node.",
    )


def _from_anywhere(embedder_name: str) -> str:
    """The name of an embedder in a file, if it is one, wherever a worker runs."""
    kind, _, file = embedder_name.partition(":")
    return f"onnx:{Path(file).absolute()}" if kind == "onnx" else embedder_name
