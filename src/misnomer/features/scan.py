"""Measuring many images: side by side, in order, in memory that does not grow with their number."""

import logging
import os
import sys
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from queue import SimpleQueue

import cv2
import pyarrow as pa

from misnomer.features.files import image_location, is_url
from misnomer.features.header import header_metric
from misnomer.features.measuring import Measured, measure_images, prepare_memory
from misnomer.features.pixel_metrics import pixel_metric
from misnomer.features.scan_process import ProcessNotStarted, ScanProcess
from misnomer.features.user_metrics import user_metrics

_PROCESSES_FROM_IMAGES = 500  # photos: fewer are measured by threads before a process has started and caught up
_BLOCK_IMAGES = 16  # measured by one worker at a time: few enough to keep all busy, enough to hand over rarely
_CHUNK_BLOCKS = 16
_BLOCKS_AHEAD = 32  # for each thread, so that one slow image does not stop the others
_REMOTE_WORKERS = 16  # threads that mostly wait for the network

_log = logging.getLogger(__name__)

Row = tuple[object, ...]


def scan_images(paths: Sequence[str], root: str = "", *, workers: int = 0) -> Generator[pa.RecordBatch]:
    """Measure every image; each is decoded once for everything.

    Args:
        paths: relative to ``root``, absolute, or URLs.
        root: folder or URL.
        workers: processes, or threads for fewer than 500 images, URLs and users' metrics; 0 means one per core,
            or 16 where images are remote. With 1, a thread of this process.

    Yields:
        Chunks of at most 256 rows in the order of ``paths``, with the columns of ``scan_schema``. An image
        that could not be measured, or whose decoding ended a process, has its ``problem`` and
        ``problem_detail``, and nothing else. Close the iterator to stop early.
    """
    schema = scan_schema()
    blocks = _measured_blocks(paths, root, workers or _default_workers(paths, root))
    with closing(blocks):
        while chunk := [row for block in islice(blocks, _CHUNK_BLOCKS) for row in block]:
            yield _batch(chunk, schema)


def scan_schema() -> pa.Schema:
    """row (index in the paths), the metrics by key, the three hashes, problem, problem_detail."""
    definitions = (*header_metric, *pixel_metric, *user_metrics())
    return pa.schema(
        [
            pa.field("row", pa.int64(), nullable=False),
            *(pa.field(one.metric.key, pa.int64() if one.is_count else pa.float64()) for one in definitions),
            pa.field("pixel_hash", pa.string()),
            pa.field("perceptual_hash", pa.uint64()),
            pa.field("mirrored_hash", pa.uint64()),
            pa.field("problem", pa.string()),
            pa.field("problem_detail", pa.string()),
        ]
    )


def _default_workers(paths: Sequence[str], root: str) -> int:
    if paths and is_url(image_location(root, paths[0])):
        return _REMOTE_WORKERS
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [
        pa.array(values, field.type, from_pandas=True)  # NaN, which only a user's metric can be, is missing
        for values, field in zip(columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _measured_blocks(paths: Sequence[str], root: str, workers: int) -> Generator[list[Row]]:
    with closing(_Lanes(workers, in_processes=_is_worth_processes(paths, workers))) as lanes:

        def measure_block(start: int) -> list[Row]:
            rows = range(start, min(start + _BLOCK_IMAGES, len(paths)))
            measured = lanes.measure([image_location(root, paths[row]) for row in rows])
            return [(row, *values) for row, values in zip(rows, measured, strict=False)]  # fewer when stopped

        starts = iter(range(0, len(paths), _BLOCK_IMAGES))
        ahead = islice(starts, workers * _BLOCKS_AHEAD)
        pending = deque(lanes.executor.submit(measure_block, start) for start in ahead)
        while pending:
            block = pending.popleft().result()
            pending.extend(lanes.executor.submit(measure_block, start) for start in islice(starts, 1))
            yield block


def _is_worth_processes(paths: Sequence[str], workers: int) -> bool:
    """Whether processes are started: threads hand the interpreter's lock over many times for each image.

    Not for few images; nor where a user's function measures, which keeps its interpreter, its state and its log.
    """
    return workers > 1 and len(paths) >= _PROCESSES_FROM_IMAGES and not user_metrics() and _has_python()


def _has_python() -> bool:
    return bool(sys.executable) and not getattr(sys, "frozen", False)


class _Lanes:
    """Threads, each of which measures by itself or has a process that measures for it."""

    def __init__(self, workers: int, *, in_processes: bool) -> None:
        self.executor = ThreadPoolExecutor(workers, thread_name_prefix="misnomer-scan")
        self._processes = [ScanProcess() for _ in range(workers)] if in_processes else []
        self._idle: SimpleQueue[ScanProcess] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._in_processes = in_processes
        self._stopped = False
        self._opencv_threads = cv2.getNumThreads()
        prepare_memory()
        cv2.setNumThreads(1)

    def measure(self, locations: list[str]) -> list[Measured]:
        """What was measured of each image; of fewer after ``close``."""
        if self._in_processes and not any(map(is_url, locations)):
            process = self._idle.get()
            try:
                return process.measure(locations)
            except ProcessNotStarted as failure:
                self._in_processes = False
                _log.warning("Images are measured by threads, which is slower: no process starts. %s", failure)
            finally:
                self._idle.put(process)
        return measure_images(locations, is_stopped=lambda: self._stopped)

    def close(self) -> None:
        """Stop measuring: a thread finishes the image that it has begun, a process does not."""
        self._stopped = True
        for process in self._processes:
            process.stop()
        self.executor.shutdown(cancel_futures=True)
        for process in self._processes:
            process.close()
        cv2.setNumThreads(self._opencv_threads)
