"""The step ``neighbors``: the most similar images of each, found anew or only for what was added."""

import numpy as np

from misnomer import settings
from misnomer.features.engine import Engine
from misnomer.project.computing.step import Step
from misnomer.project.progress import Progress
from misnomer.store.database import Database
from misnomer.store.embeddings import Embedding, count_vectors, current_embedding, embedding_matrix, gather
from misnomer.store.neighbors import NeighborGraph, neighbor_graph, set_neighbor_graph


def find_all_neighbors(database: Database, engine: Engine, progress: Progress) -> None:
    """Find the neighbours of every vector of the embedding in use, unless they are known."""
    embedding = current_embedding(database)
    if embedding is None:
        return
    gather(database, embedding)
    matrix = embedding_matrix(database, embedding)
    known = neighbor_graph(database, embedding)
    version = _version(embedding)
    if known is not None and known.version != version:
        known = None
    if not len(matrix.sample_ids) or (known is not None and np.array_equal(known.sample_ids, matrix.sample_ids)):
        return
    from misnomer.features.neighbors.search import can_extend, extend_neighbors, find_neighbors

    count = len(matrix.sample_ids)

    def tell(done: int) -> None:
        progress("neighbors", done, count)

    tell(0)
    if (
        known is not None
        and _is_part(known, matrix.sample_ids)
        and can_extend(len(known.rows), count - len(known.rows))
    ):
        places = np.searchsorted(matrix.sample_ids, known.sample_ids)
        rows, distances = extend_neighbors(matrix.vectors, places, (known.rows, known.distances), tell=tell)
    else:
        rows, distances = find_neighbors(matrix.vectors, seed=settings.get_int("seed"), tell=tell)
    set_neighbor_graph(database, embedding, NeighborGraph(version, matrix.sample_ids, rows, distances))
    tell(count)


def _version(embedding: Embedding) -> str:
    from misnomer.features.neighbors.search import VERSION

    return f"{VERSION} of {embedding.name} {embedding.version}"


def _is_part(known: NeighborGraph, sample_ids: np.ndarray) -> bool:
    return bool(np.isin(known.sample_ids, sample_ids).all())


def count_neighbors(database: Database) -> tuple[int, int]:
    """Vectors whose neighbours are known, and vectors of the embedding in use."""
    embedding = current_embedding(database)
    if embedding is None:
        return 0, 0
    graph = neighbor_graph(database, embedding)
    has_graph = graph is not None and graph.version == _version(embedding)
    return len(graph.rows) if graph is not None and has_graph else 0, count_vectors(database, embedding)


NEIGHBORS = Step("neighbors", find_all_neighbors, count_neighbors)
