"""Vectors of many images: read, decoded and embedded in threads, in order, in memory that does not grow."""

import os
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import cv2
import numpy as np

from misnomer.features.decode import decode
from misnomer.features.embedders.embedder import Embedder
from misnomer.features.embedders.vectors import unit_vectors
from misnomer.features.files import is_url, read_image_file
from misnomer.features.problem import DecodeProblem

BATCH_IMAGES = 16  # as quick as any number above, in a few tens of megabytes
_REMOTE_WORKERS = 16
_AHEAD = 2  # batches for each thread
_MARGIN = 1.5  # decoded larger than seen, so that the shorter side is not blown up again


def embed_images(
    locations: Sequence[str], embedder: Embedder, *, workers: int = 0
) -> Generator[tuple[np.ndarray, np.ndarray]]:
    """Embed every image that can be read.

    Args:
        locations: paths or URLs.
        workers: threads; 0 means one per core, or 16 where images are remote.

    Yields:
        For each batch of 16, in order: rows (m,) int64, indices into the locations, and vectors (m, d) float16 of
        length 1. An image that cannot be read, or whose vector has no direction, is left out. Close the
        iterator to stop early.
    """
    cores = _cores()
    threads = workers or (_REMOTE_WORKERS if locations and is_url(locations[0]) else cores)
    running = threading.Semaphore(min(threads, cores))  # more pictures at once cost memory and gain nothing
    stopped = threading.Event()

    def embed_batch(start: int) -> tuple[np.ndarray, np.ndarray]:
        rows, pictures = [], []
        for row in range(start, min(start + BATCH_IMAGES, len(locations))):
            if stopped.is_set():
                break
            try:
                pictures.append(square_picture(read_image_file(locations[row]), embedder.input_px))
            except DecodeProblem:
                continue
            rows.append(row)
        if not rows or stopped.is_set():
            return np.empty(0, np.int64), np.empty((0, embedder.dimensions), np.float16)
        with running:
            vectors, has_direction = unit_vectors(embedder.embed(np.stack(pictures)))
        return np.array(rows, np.int64)[has_direction], vectors[has_direction]

    starts = iter(range(0, len(locations), BATCH_IMAGES))
    opencv_threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    executor = ThreadPoolExecutor(threads, thread_name_prefix="misnomer-embed")
    try:
        pending = deque(executor.submit(embed_batch, start) for start in islice(starts, threads * _AHEAD))
        while pending:
            batch = pending.popleft().result()
            pending.extend(executor.submit(embed_batch, start) for start in islice(starts, 1))
            yield batch
    finally:
        stopped.set()
        executor.shutdown(cancel_futures=True)
        cv2.setNumThreads(opencv_threads)


def square_picture(data: bytes, side_px: int) -> np.ndarray:
    """An image as an embedder sees it: whole, its sides brought to one length.

    Returns:
        (side_px, side_px, 3) uint8.

    Raises:
        DecodeProblem: it cannot be read.
    """
    rgb = decode(data, longer_side_px=round(side_px * _MARGIN)).rgb
    shrinks = min(rgb.shape[:2]) >= side_px
    squared: np.ndarray = cv2.resize(
        rgb, (side_px, side_px), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    return squared


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
