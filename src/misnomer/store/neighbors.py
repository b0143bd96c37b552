"""The neighbours of every sample with a vector, as three memory-mapped files that one row names."""

from dataclasses import dataclass

import numpy as np

from misnomer.store.database import Database
from misnomer.store.embeddings import Embedding, current_embedding, delete_files
from misnomer.store.vectors import write_matrix


@dataclass(frozen=True)
class NeighborGraph:
    """Each row's nearest others, nearest first.

    Attributes:
        version: of the vectors and the search.
        sample_ids: (n,) int32, the sample of each row, ascending.
        rows: (n, k) int32, rows of the neighbours; −1 where there are fewer than k others.
        distances: (n, k) float32, cosine distances 0–2; NaN where there is no neighbour.
    """

    version: str
    sample_ids: np.ndarray
    rows: np.ndarray
    distances: np.ndarray


def set_neighbor_graph(database: Database, embedding: Embedding, graph: NeighborGraph) -> None:
    """Keep the graph of an embedding, in place of the one it has."""
    replaced = _files(database, embedding)
    files = [write_matrix(database, values) for values in (graph.rows, graph.distances, graph.sample_ids)]
    with database.transaction():
        database.execute("delete from neighbor_graphs where embedding_id = ?", [embedding.embedding_id])
        database.execute(
            "insert into neighbor_graphs values (?, ?, ?, ?, ?)", [embedding.embedding_id, graph.version, *files]
        )
    delete_files(database, replaced)


def neighbor_graph(database: Database, embedding: Embedding | None = None) -> NeighborGraph | None:
    """The graph of an embedding (by default the one in use), memory-mapped; None when there is none."""
    embedding = embedding or current_embedding(database)
    if embedding is None:
        return None
    rows = database.rows(
        "select version, file, distances_file, samples_file from neighbor_graphs where embedding_id = ?",
        [embedding.embedding_id],
    )
    if not rows:
        return None
    version, *files = rows[0]
    indices, distances, samples = (np.load(database.vectors_directory / file, "r") for file in files)
    return NeighborGraph(version, samples[:, 0], indices, distances)


def _files(database: Database, embedding: Embedding) -> set[str]:
    rows = database.rows(
        "select unnest([file, distances_file, samples_file]) from neighbor_graphs where embedding_id = ?",
        [embedding.embedding_id],
    )
    return {file for (file,) in rows}
