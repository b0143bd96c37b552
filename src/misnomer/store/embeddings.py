"""Embeddings: a vector for each sample, of one embedder or the user's own; one of them is in use.

Vectors are unit vectors in float16. A chunk is a file and its rows in one commit; ``gather`` then brings all of an
embedding into one file in the order of the samples, which is memory-mapped.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from misnomer.store.database import Database
from misnomer.store.vectors import MatrixWriter, named_files, write_matrix

_CHUNK_ROWS = 4096


@dataclass(frozen=True)
class Embedding:
    """A named set of vectors; ``version`` changes with any vector that is replaced."""

    embedding_id: int
    name: str
    version: str
    dimensions: int
    of_user: bool


@dataclass(frozen=True)
class EmbeddingMatrix:
    """The vectors of an embedding in the order of the samples.

    Attributes:
        sample_ids: (n,) int32, ascending.
        vectors: (n, d) float16, each of length 1; memory-mapped.
    """

    sample_ids: np.ndarray
    vectors: np.ndarray


def embeddings(database: Database) -> list[Embedding]:
    """Every embedding in the order of adding."""
    return [Embedding(*row) for row in database.rows(f"{_SELECT} order by embedding_id")]


def current_embedding(database: Database) -> Embedding | None:
    """The embedding in use; None when there is none yet."""
    rows = database.rows(f"{_SELECT} where is_current")
    return Embedding(*rows[0]) if rows else None


def use_embedding(database: Database, name: str, version: str, dimensions: int, *, of_user: bool) -> Embedding:
    """Take an embedding into use, adding it if it is new; vectors of another version of it are dropped."""
    known = {embedding.name: embedding for embedding in embeddings(database)}
    embedding = known.get(name)
    wanted = (version, dimensions, of_user)
    with database.transaction():
        if embedding is not None and (embedding.version, embedding.dimensions, embedding.of_user) != wanted:
            for table in ("embeddings", "embedding_rows", "neighbor_graphs"):
                database.execute(f"delete from {table} where embedding_id = ?", [embedding.embedding_id])
            embedding = None
        if embedding is None:
            new_id = int(database.value("select coalesce(max(embedding_id) + 1, 0) from embeddings"))
            embedding = Embedding(new_id, name, *wanted)
            database.execute(
                "insert into embeddings values (?, ?, ?, ?, ?, false)", [new_id, name, version, dimensions, of_user]
            )
        if embedding != current_embedding(database):
            database.execute("update embeddings set is_current = (embedding_id = ?)", [embedding.embedding_id])
    return embedding


def unembedded_images(database: Database, embedding: Embedding) -> pa.Table:
    """sample_id, key, location, relative, path of every image without a vector, in order."""
    return database.arrow(
        "select sample_id, key, location, relative, path from samples join roots using (root_id) "
        "anti join (select sample_id from embedding_rows where embedding_id = ?) using (sample_id) "
        "where path is not null order by sample_id",
        [embedding.embedding_id],
    )


def count_vectors(database: Database, embedding: Embedding) -> int:
    """Number of samples with a vector."""
    return int(database.value("select count(*) from embedding_rows where embedding_id = ?", [embedding.embedding_id]))


def add_vectors(database: Database, embedding: Embedding, sample_ids: np.ndarray, vectors: np.ndarray) -> None:
    """Commit vectors of samples, in place of those that they have.

    Args:
        sample_ids: (n,) int32, unique.
        vectors: (n, d) float16 of length 1.
    """
    if not len(sample_ids):
        return
    file = write_matrix(database, vectors)
    rows = pa.table({"sample_id": pa.array(sample_ids, pa.int32()), "row": np.arange(len(sample_ids), dtype=np.int32)})
    with database.tables(incoming=rows), database.transaction():
        database.execute(
            "delete from embedding_rows where embedding_id = ? and sample_id in (select sample_id from incoming)",
            [embedding.embedding_id],
        )
        database.execute(
            "insert into embedding_rows select ?, sample_id, ?, row from incoming", [embedding.embedding_id, file]
        )


def set_version(database: Database, embedding: Embedding, version: str) -> Embedding:
    """Note that vectors have been replaced: what was computed from them is computed again."""
    database.execute("update embeddings set version = ? where embedding_id = ?", [version, embedding.embedding_id])
    return Embedding(embedding.embedding_id, embedding.name, version, embedding.dimensions, embedding.of_user)


def gather(database: Database, embedding: Embedding) -> None:
    """Bring the vectors into one file in the order of the samples, unless they are."""
    rows = _rows(database, embedding)
    if not rows.num_rows or _is_gathered(rows):
        return
    with MatrixWriter(database.vectors_directory, (rows.num_rows, embedding.dimensions), np.dtype("<f2")) as writer:
        for chunk in _chunks(database, embedding, rows):
            writer.write(chunk)
        file = writer.finish()
    replaced = set(rows["file"].to_pylist())
    sample_ids = pa.table({"sample_id": rows["sample_id"], "row": np.arange(rows.num_rows, dtype=np.int32)})
    with database.tables(gathered=sample_ids), database.transaction():
        database.execute("delete from embedding_rows where embedding_id = ?", [embedding.embedding_id])
        database.execute(
            "insert into embedding_rows select ?, sample_id, ?, row from gathered order by sample_id",
            [embedding.embedding_id, file],
        )
    delete_files(database, replaced)


def delete_files(database: Database, files: set[str]) -> None:
    """Delete those of the files that no row names any more; what is still open elsewhere is collected later."""
    for file in files - named_files(database):
        with contextlib.suppress(OSError):
            (database.vectors_directory / file).unlink()


def embedding_matrix(database: Database, embedding: Embedding) -> EmbeddingMatrix:
    """All vectors of an embedding; memory-mapped once they are gathered."""
    known = ("gathered", embedding.embedding_id)
    changes = database.changes
    sample_ids, file = database.recall((*known, "ids")), database.recall((*known, "file"))
    if sample_ids is None or file is None:
        rows = _rows(database, embedding)
        sample_ids = np.asarray(rows["sample_id"].to_numpy(), np.int32)
        if not rows.num_rows:
            return EmbeddingMatrix(sample_ids, np.empty((0, embedding.dimensions), np.float16))
        if not _is_gathered(rows):
            return EmbeddingMatrix(sample_ids, np.concatenate(list(_chunks(database, embedding, rows))))
        file = rows["file"][0].as_py()
        database.remember((*known, "ids"), changes, sample_ids)
        database.remember((*known, "file"), changes, file)
    return EmbeddingMatrix(sample_ids, np.load(database.vectors_directory / file, "r"))


def _rows(database: Database, embedding: Embedding) -> pa.Table:
    return database.arrow(
        "select sample_id, file, row from embedding_rows where embedding_id = ? order by sample_id",
        [embedding.embedding_id],
    )


def _is_gathered(rows: pa.Table) -> bool:
    same_file = len(rows["file"].unique()) == 1
    return same_file and bool(np.array_equal(rows["row"].to_numpy(), np.arange(rows.num_rows)))


def _chunks(database: Database, embedding: Embedding, rows: pa.Table) -> Iterator[np.ndarray]:
    """The vectors in the order of the rows."""
    encoded = rows["file"].combine_chunks().dictionary_encode()
    mapped = [np.load(database.vectors_directory / file, "r") for file in encoded.dictionary.to_pylist()]
    files, places = encoded.indices.to_numpy(), rows["row"].to_numpy()
    for start in range(0, len(places), _CHUNK_ROWS):
        chunk = np.empty((len(places[start : start + _CHUNK_ROWS]), embedding.dimensions), np.float16)
        of_file = files[start : start + _CHUNK_ROWS]
        for number in np.unique(of_file):
            wanted = of_file == number
            chunk[wanted] = mapped[number][places[start : start + _CHUNK_ROWS][wanted]]
        yield chunk


_SELECT = "select embedding_id, name, version, dimensions, of_user from embeddings"
