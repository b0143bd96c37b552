"""The step ``map``: a place in the plane for every sample with a vector, made anew when vectors have changed."""

from misnomer import settings
from misnomer.features.engine import Engine
from misnomer.project.computing.step import Step
from misnomer.project.progress import Progress
from misnomer.store import map_points
from misnomer.store.database import Database
from misnomer.store.embeddings import Embedding, count_vectors, current_embedding, embedding_matrix, gather


def make_map(database: Database, engine: Engine, progress: Progress) -> None:
    """Project the vectors of the embedding in use, unless the map is of just these."""
    embedding = current_embedding(database)
    if embedding is None or not count_vectors(database, embedding):
        return
    state = _state(database, embedding)
    if map_points.map_state(database) == state:
        return
    from misnomer.features.projection.project import project_vectors

    gather(database, embedding)
    matrix = embedding_matrix(database, embedding)
    count = len(matrix.sample_ids)
    progress("map", 0, count)
    points = project_vectors(
        matrix.vectors, seed=settings.get_int("seed"), tell=lambda share: progress("map", int(share * count), count)
    )
    map_points.set_map(database, matrix.sample_ids, points, state)
    progress("map", count, count)


def _state(database: Database, embedding: Embedding) -> str:
    from misnomer.features.projection.project import VERSION

    vectors = f"{count_vectors(database, embedding)} of {embedding.name} {embedding.version}"
    return f"{VERSION} seed {settings.get_int('seed')} {vectors}"


def count_mapped(database: Database) -> tuple[int, int]:
    """Samples on a map of the present vectors, and samples with a vector."""
    embedding = current_embedding(database)
    if embedding is None:
        return 0, 0
    total = count_vectors(database, embedding)
    is_current = map_points.map_state(database) == _state(database, embedding)
    return (map_points.count_points(database) if is_current else 0), total


MAP = Step("map", make_map, count_mapped)
