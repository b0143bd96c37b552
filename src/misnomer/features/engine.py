"""Who measures and embeds images: the cores of this machine, or Ray's workers."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from misnomer import settings
from misnomer.errors import InputError, UnknownName

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from misnomer.features.embedders.embedder import Embedder

EngineName = Literal["local", "ray"]


class Engine(Protocol):
    """Maps pure functions over images; whoever asked writes what they give, so that any engine can be killed.

    Attributes:
        threads: for what is done on this machine whatever the engine; 0 means one per core.
    """

    threads: int

    def measure(self, locations: Sequence[str]) -> "Generator[pa.RecordBatch]":
        """Chunks of at most 256 rows, as ``scan_images`` yields; which comes first is the engine's affair."""
        ...

    def embed(self, locations: Sequence[str], embedder: "Embedder") -> "Generator[tuple[np.ndarray, np.ndarray]]":
        """Batches of at most 16, as ``embed_images`` yields; which comes first is the engine's affair."""
        ...


class LocalEngine:
    """The cores of this machine; everything comes in order."""

    def __init__(self, workers: int | None = None) -> None:
        self.threads = settings.get_int("workers") if workers is None else workers

    def measure(self, locations: Sequence[str]) -> "Generator[pa.RecordBatch]":
        """See ``scan_images``."""
        from misnomer.features.scan import scan_images

        return scan_images(locations, workers=self.threads)

    def embed(self, locations: Sequence[str], embedder: "Embedder") -> "Generator[tuple[np.ndarray, np.ndarray]]":
        """See ``embed_images``."""
        from misnomer.features.embedders.embed import embed_images

        return embed_images(locations, embedder, workers=self.threads)


@contextmanager
def engine_of(name: EngineName, workers: int | None = None) -> Iterator[Engine]:
    """An engine by its name, until it is no longer needed.

    Args:
        workers: that work at a time; None: as the setting says; 0: one per core of the machine, or of the cluster.

    Raises:
        UnknownName: there is no such engine.
        InputError: Ray is not installed.
    """
    if name not in get_args(EngineName):
        raise UnknownName("engine", name, get_args(EngineName))
    if name == "local":
        yield LocalEngine(workers)
        return
    if find_spec("ray") is None:
        raise InputError("Ray is not installed.", hint="pip install 'misnomer[ray]'")
    from misnomer.features.ray_engine import RayEngine

    with RayEngine(workers) as engine:
        yield engine
