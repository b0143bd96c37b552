"""Images similar to some samples, to those of a filter, or to an image from outside."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from misnomer import settings
from misnomer.errors import InputError, UnreadableSource
from misnomer.project.similar_results import SimilarPage, SimilarSample, vote_sentence
from misnomer.store.database import Database
from misnomer.store.embeddings import Embedding, EmbeddingMatrix, current_embedding, embedding_matrix
from misnomer.store.listing import sample_records
from misnomer.store.neighbors import NeighborGraph
from misnomer.store.samples import keys_of
from misnomer.store.selection import Selection
from misnomer.store.statistics import sample_columns

if TYPE_CHECKING:
    from misnomer.features.embedders.embedder import Embedder

MAX_QUERIES = 256  # of more, so many are drawn: they say what is failing as well
_VOTERS = 10


def similar_to_samples(queries: Selection, among: Selection, *, limit: int) -> SimilarPage:
    """Samples of ``among`` that are most similar to those of ``queries``, which themselves are left out.

    Raises:
        InputError: there are no embeddings, no queries, or none of them has a vector.
    """
    embedding, matrix = stored_vectors(queries.database)
    query_ids = sample_columns(queries, [], shown=True)["sample_id"]
    if not len(query_ids):
        raise InputError("No sample to look for similar ones of.", hint="Name one, or a filter that some samples meet.")
    rows = rows_of(matrix, query_ids)
    without = _keys(queries, query_ids[rows < 0])
    rows = rows[rows >= 0]
    if not len(rows):
        raise InputError(
            f"{without[0]!r} has no vector.",
            hint="Its image could not be read, or is not embedded yet: misnomer compute PROJECT embeddings",
        )
    if len(rows) > MAX_QUERIES:
        random = np.random.default_rng(settings.get_int("seed"))
        rows = np.sort(random.choice(rows, MAX_QUERIES, replace=False))
    candidates = _rows_among(matrix, among, without_ids=query_ids)
    keys = _keys(queries, matrix.sample_ids[rows])
    page = _search(embedding, matrix, matrix.vectors[rows], candidates, keys, among, limit)
    return page.model_copy(update={"query_count": len(query_ids), "without_vector": tuple(without)})


def similar_to_image(image: str | Path | bytes, among: Selection, *, limit: int) -> SimilarPage:
    """Samples of ``among`` that are most similar to an image from outside: its path, or the bytes of its file.

    Raises:
        UnreadableSource: it is no image that can be read.
        InputError: there are no embeddings, or they are the user's own, which no embedder makes.
    """
    from misnomer.features.embedders.embed import square_picture
    from misnomer.features.embedders.vectors import unit_vectors
    from misnomer.features.files import read_image_file
    from misnomer.features.problem import DecodeProblem

    embedding, matrix = stored_vectors(among.database)
    embedder = _embedder_of(embedding)
    try:
        data = image if isinstance(image, bytes) else read_image_file(str(image))
        picture = square_picture(data, embedder.input_px)
    except DecodeProblem as problem:
        raise UnreadableSource(f"The image cannot be read: {problem.reason}") from problem
    vectors, has_direction = unit_vectors(embedder.embed(picture[None]))
    if not has_direction.all():
        raise InputError("The embedder sees nothing in this image.", hint="Try another one.")
    return _search(embedding, matrix, vectors, _rows_among(matrix, among), [None], among, limit)


def stored_vectors(database: Database) -> tuple[Embedding, EmbeddingMatrix]:
    """The embedding in use and its vectors.

    Raises:
        InputError: there are none.
    """
    embedding = current_embedding(database)
    matrix = embedding_matrix(database, embedding) if embedding else None
    if embedding is None or matrix is None or not len(matrix.sample_ids):
        raise InputError(
            "The project has no embeddings.", hint="Compute them: misnomer compute PROJECT embeddings neighbors"
        )
    return embedding, matrix


def rows_of(matrix: EmbeddingMatrix | NeighborGraph, sample_ids: np.ndarray) -> np.ndarray:
    """Rows of samples in the matrix; −1 for those without a vector."""
    places = np.minimum(np.searchsorted(matrix.sample_ids, sample_ids), len(matrix.sample_ids) - 1)
    return np.where(matrix.sample_ids[places] == sample_ids, places, -1)


def _rows_among(matrix: EmbeddingMatrix, among: Selection, *, without_ids: np.ndarray | None = None) -> np.ndarray:
    is_among = np.zeros(len(matrix.sample_ids) + 1, bool)  # the last entry is of samples without a vector
    is_among[rows_of(matrix, sample_columns(among, [], shown=True)["sample_id"])] = True
    if without_ids is not None:
        is_among[rows_of(matrix, without_ids)] = False
    return np.flatnonzero(is_among[:-1])


def _embedder_of(embedding: Embedding) -> "Embedder":
    if embedding.of_user:
        raise InputError(
            f"The vectors {embedding.name!r} are your own: no embedder makes one of another image.",
            hint="Add the image to the project with its vector, or compute embeddings: "
            "MISNOMER_EMBEDDER=efficientnet-lite0 misnomer compute PROJECT",
        )
    embedder = _loaded(embedding.name)
    if embedder.version != embedding.version:
        raise InputError(
            f"The embedder {embedding.name!r} has changed since the project's images were embedded.",
            hint="Embed them again: misnomer compute PROJECT",
        )
    return embedder


@lru_cache(maxsize=1)
def _loaded(name: str) -> "Embedder":
    from misnomer.features.embedders.find import find_embedder

    return find_embedder(name)


def _search(
    embedding: Embedding,
    matrix: EmbeddingMatrix,
    queries: np.ndarray,
    candidates: np.ndarray,
    query_keys: Sequence[str | None],
    among: Selection,
    limit: int,
) -> SimilarPage:
    from misnomer.features.neighbors.query import most_similar

    rows, distances, nearest = most_similar(matrix.vectors, queries, candidates, limit)
    records = sample_records(among, matrix.sample_ids[rows].tolist())
    samples = tuple(
        SimilarSample.model_validate({**record, "distance": distance, "similar_to": query_keys[query]})
        for record, distance, query in zip(records, distances.tolist(), nearest.tolist(), strict=True)
    )
    return SimilarPage(
        embedding=embedding.name,
        query_count=len(queries),
        without_vector=(),
        candidate_count=len(candidates),
        sentence=_sentence(samples) if len(queries) == 1 else "",
        samples=samples,
    )


def _sentence(samples: Sequence[SimilarSample]) -> str:
    labels = [sample.label for sample in samples[:_VOTERS] if sample.label is not None]
    if not labels:
        return ""
    label, count = Counter(labels).most_common(1)[0]
    return vote_sentence(len(labels), count, label)


def _keys(selection: Selection, sample_ids: np.ndarray) -> list[str]:
    """Keys of sample ids, which ascend."""
    return keys_of(selection.database, pa.chunked_array([pa.array(sample_ids, pa.int32())]))
