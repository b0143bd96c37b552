"""The step ``embeddings``: a vector for every image, by the embedder of the setting or the one in use."""

import contextlib
import time
from typing import TYPE_CHECKING

import numpy as np

from misnomer import settings
from misnomer.errors import InputError
from misnomer.features.engine import Engine
from misnomer.project.computing.locations import resolve_locations
from misnomer.project.computing.step import Step
from misnomer.project.progress import Progress
from misnomer.store import embeddings, summary
from misnomer.store.database import Database

if TYPE_CHECKING:
    from misnomer.features.embedders.embedder import Embedder

_AUTO = "auto"  # the setting's default
_CHUNK_VECTORS = 1024  # at most this many are lost when the process is killed …
_CHUNK_SECONDS = 5  # … and of no more than this time's


def embed_missing(database: Database, engine: Engine, progress: Progress) -> None:
    """Embed every image that has no vector yet; nothing where the user's own vectors are in use."""
    wanted = str(settings.get("embedder"))
    current = embeddings.current_embedding(database)
    if wanted == _AUTO and current is not None and current.of_user:
        return
    if not summary.project_counts(database).image_count:
        return
    embedder = _embedder(database, wanted, current)
    if embedder is None:
        return
    embedding = embeddings.use_embedding(database, embedder.name, embedder.version, embedder.dimensions, of_user=False)
    pending = embeddings.unembedded_images(database, embedding)
    if pending.num_rows:
        from misnomer.features.embedders.embed import BATCH_IMAGES

        locations = resolve_locations(pending, database.directory)
        sample_ids = pending["sample_id"].to_numpy()
        progress("embeddings", 0, pending.num_rows)
        chunk = _Chunk(database, embedding)
        with contextlib.closing(engine.embed(locations, embedder)) as batches:
            for done, (rows, vectors) in enumerate(batches, start=1):
                chunk.add(sample_ids[rows], vectors)
                progress("embeddings", min(done * BATCH_IMAGES, pending.num_rows), pending.num_rows)
        chunk.commit()
    embeddings.gather(database, embedding)


def _embedder(database: Database, wanted: str, current: embeddings.Embedding | None) -> "Embedder | None":
    """The embedder to use; None where the one in use cannot be had any more and nothing is missing of it."""
    from misnomer.features.embedders.find import DEFAULT, find_embedder

    try:
        return find_embedder(wanted if wanted != _AUTO else current.name if current else DEFAULT)
    except InputError:
        if wanted == _AUTO and current and not embeddings.unembedded_images(database, current).num_rows:
            return None
        raise


class _Chunk:
    """Vectors that wait to be committed together."""

    def __init__(self, database: Database, embedding: embeddings.Embedding) -> None:
        self._database, self._embedding = database, embedding
        self._begin()

    def _begin(self) -> None:
        self._sample_ids: list[np.ndarray] = []
        self._vectors: list[np.ndarray] = []
        self._started = time.monotonic()

    def add(self, sample_ids: np.ndarray, vectors: np.ndarray) -> None:
        self._sample_ids.append(sample_ids)
        self._vectors.append(vectors)
        is_full = sum(map(len, self._vectors)) >= _CHUNK_VECTORS
        if is_full or time.monotonic() - self._started > _CHUNK_SECONDS:
            self.commit()

    def commit(self) -> None:
        if self._vectors:
            embeddings.add_vectors(
                self._database, self._embedding, np.concatenate(self._sample_ids), np.concatenate(self._vectors)
            )
        self._begin()


def count_embedded(database: Database) -> tuple[int, int]:
    """Samples with a vector of the embedding in use, and samples that can have one."""
    current = embeddings.current_embedding(database)
    counts = summary.project_counts(database)
    done = embeddings.count_vectors(database, current) if current else 0
    return done, counts.sample_count if current and current.of_user else counts.image_count


EMBEDDINGS = Step("embeddings", embed_missing, count_embedded)
