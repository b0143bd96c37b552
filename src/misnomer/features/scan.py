"""Measuring many images: threads, in order, in memory that does not grow with their number."""

import os
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice

import cv2
import numpy as np
import pyarrow as pa
from PIL import _imaging

from misnomer.features.decode import decode
from misnomer.features.files import image_location, is_url, read_image_file
from misnomer.features.hashes import perceptual_hash
from misnomer.features.header import header_metric
from misnomer.features.pixel_metrics import pixel_metric
from misnomer.features.pixels import Pixels
from misnomer.features.problem import DecodeProblem
from misnomer.features.user_metrics import user_metrics

_BLOCK_IMAGES = 16  # measured by one thread at a time: few enough to keep all busy, enough to hand over rarely
_CHUNK_BLOCKS = 16
_BLOCKS_AHEAD = 32  # for each thread, so that one slow image does not stop the others
_PILLOW_BLOCK_BYTES = 64 << 20  # what glibc always gives back: in 16-MB blocks, 1.6 GB stayed after a 20,000 × 20,000
_REMOTE_WORKERS = 16  # threads that mostly wait for the network

Row = tuple[object, ...]


def scan_images(paths: Sequence[str], root: str = "", *, workers: int = 0) -> Generator[pa.RecordBatch]:
    """Measure every image; each is decoded once for everything.

    Args:
        paths: relative to ``root``, absolute, or URLs.
        root: folder or URL.
        workers: threads; 0 means one per core, or 16 where images are remote.

    Yields:
        Chunks of at most 256 rows in the order of ``paths``, with the columns of ``scan_schema``. An image
        that could not be measured has its ``problem`` and ``problem_detail``, and nothing else. Close the
        iterator to stop early: each thread finishes the image that it has begun.
    """
    schema = scan_schema()
    blocks = _measured_blocks(paths, root, workers or _default_workers(paths, root))
    with closing(blocks):
        while chunk := [row for block in islice(blocks, _CHUNK_BLOCKS) for row in block]:
            yield _batch(chunk, schema)


def scan_schema() -> pa.Schema:
    """row (index in the paths), the metrics by key, pixel_hash, perceptual_hash, problem, problem_detail."""
    definitions = (*header_metric, *pixel_metric, *user_metrics())
    return pa.schema(
        [
            pa.field("row", pa.int64(), nullable=False),
            *(pa.field(definition.metric.key, definition.arrow_type) for definition in definitions),
            pa.field("pixel_hash", pa.string()),
            pa.field("perceptual_hash", pa.uint64()),
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
    stopped = threading.Event()

    def measure_block(start: int) -> list[Row]:
        rows = range(start, min(start + _BLOCK_IMAGES, len(paths)))
        return [_measure(row, image_location(root, paths[row])) for row in rows if not stopped.is_set()]

    _keep_freed_memory()
    _imaging.set_block_size(_PILLOW_BLOCK_BYTES)
    starts = iter(range(0, len(paths), _BLOCK_IMAGES))
    opencv_threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    executor = ThreadPoolExecutor(workers, thread_name_prefix="misnomer-scan")
    try:
        ahead = islice(starts, workers * _BLOCKS_AHEAD)
        pending = deque(executor.submit(measure_block, start) for start in ahead)
        while pending:
            block = pending.popleft().result()
            pending.extend(executor.submit(measure_block, start) for start in islice(starts, 1))
            yield block
    finally:
        stopped.set()
        executor.shutdown(cancel_futures=True)
        cv2.setNumThreads(opencv_threads)


def _keep_freed_memory() -> None:
    """Have glibc keep what an image's arrays occupied for the next image's; a sixth of the time otherwise.

    It gives memory back above twice the size of the largest block that was freed to the system, at most 64 MB.
    """
    np.empty(31 << 20, np.uint8)


def _measure(row: int, location: str) -> Row:
    try:
        image = decode(read_image_file(location))
    except DecodeProblem as problem:
        missing = (None,) * (len(scan_schema()) - 3)
        reason = problem.reason.encode("utf-8", "replace").decode()  # a file's name need not be Unicode
        return (row, *missing, problem.kind, reason)
    pixels = Pixels(image.rgb)
    return (
        row,
        *(definition.measure(image) for definition in header_metric),
        *(definition.measure(pixels) for definition in (*pixel_metric, *user_metrics())),
        image.pixel_hash,
        perceptual_hash(pixels.luma),
        None,
        None,
    )
