"""What Ray's workers do: the scan and the embedding of this package, each over a few of the images."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from misnomer.errors import InputError, MisnomerError
from misnomer.features.catalogue import scanned_metrics
from misnomer.features.embedders.embed import embed_images
from misnomer.features.embedders.embedder import Embedder
from misnomer.features.embedders.find import find_embedder
from misnomer.features.files import is_url
from misnomer.features.scan import scan_images

_SAME_EVERYWHERE = "Install the same misnomer and the same packages on every node."


@dataclass(frozen=True)
class EmbedderName:
    """By what a worker finds an embedder, and knows that it is the one that is meant."""

    name: str
    version: str


def metric_versions() -> tuple[tuple[str, int], ...]:
    """Key and version of all that a scan measures here, the user's own metrics included."""
    return tuple((metric.key, metric.version) for metric in scanned_metrics())


def measure_part(locations: Sequence[str], metrics: tuple[tuple[str, int], ...]) -> list[pa.RecordBatch]:
    """The chunks of a scan.

    Raises:
        InputError: this worker would measure other metrics.
    """
    if different := sorted({key for key, _ in {*metrics} ^ {*metric_versions()}}):
        raise InputError(f"A Ray worker has another version of {', '.join(different)}, or none.", hint=_SAME_EVERYWHERE)
    return list(scan_images(locations, workers=_threads(locations)))


def embed_part(locations: Sequence[str], wanted: EmbedderName) -> list[tuple[np.ndarray, np.ndarray]]:
    """The batches of an embedding.

    Raises:
        InputError: this worker has no such embedder.
    """
    return list(embed_images(locations, _embedder(wanted), workers=_threads(locations)))


def _threads(locations: Sequence[str]) -> int:
    return 0 if locations and is_url(locations[0]) else 1  # one waits for the disk, many for the network


@cache
def _embedder(wanted: EmbedderName) -> Embedder:
    try:
        embedder = find_embedder(wanted.name)
    except MisnomerError as problem:
        raise InputError(
            f"A Ray worker cannot load the embedder {wanted.name}: {problem.message}", hint=_SAME_EVERYWHERE
        ) from problem
    if embedder.version != wanted.version:
        raise InputError(
            f"A Ray worker has version {embedder.version!r} of the embedder {wanted.name}, not {wanted.version!r}.",
            hint=_SAME_EVERYWHERE,
        )
    return embedder
