"""Vectors by sample: committed in chunks, gathered into one file, dropped with another version."""

import numpy as np
import pytest

from misnomer.store import embeddings
from misnomer.store.database import Database
from misnomer.store.vectors import collect_garbage


def vectors_of(*numbers: int) -> np.ndarray:
    """A vector for each number, told apart by it."""
    return np.array([[number, 1] for number in numbers], np.float16)


@pytest.fixture
def embedding(database: Database) -> embeddings.Embedding:
    return embeddings.use_embedding(database, "net", "1", 2, of_user=False)


def test_images_without_a_vector_are_pending(database: Database, embedding: embeddings.Embedding) -> None:
    embeddings.add_vectors(database, embedding, np.array([1, 4]), vectors_of(1, 4))
    assert embeddings.unembedded_images(database, embedding)["sample_id"].to_pylist() == [0, 2, 3, 5]
    assert embeddings.count_vectors(database, embedding) == 2


def test_vectors_come_in_the_order_of_the_samples(database: Database, embedding: embeddings.Embedding) -> None:
    embeddings.add_vectors(database, embedding, np.array([4, 1]), vectors_of(4, 1))
    embeddings.add_vectors(database, embedding, np.array([0]), vectors_of(0))
    before = embeddings.embedding_matrix(database, embedding)
    embeddings.gather(database, embedding)
    after = embeddings.embedding_matrix(database, embedding)
    for matrix in (before, after):
        assert matrix.sample_ids.tolist() == [0, 1, 4]
        assert matrix.vectors.tolist() == [[0, 1], [1, 1], [4, 1]]
    assert isinstance(after.vectors, np.memmap)


def test_gathering_leaves_one_file(database: Database, embedding: embeddings.Embedding) -> None:
    for number in range(3):
        embeddings.add_vectors(database, embedding, np.array([number]), vectors_of(number))
    embeddings.gather(database, embedding)
    embeddings.gather(database, embedding)
    assert len(list(database.vectors_directory.iterdir())) == 1


def test_chunks_of_equal_content_share_a_file_and_survive_gathering(
    database: Database, embedding: embeddings.Embedding
) -> None:
    embeddings.add_vectors(database, embedding, np.array([0]), vectors_of(7))
    embeddings.add_vectors(database, embedding, np.array([1]), vectors_of(7))
    embeddings.gather(database, embedding)
    assert embeddings.embedding_matrix(database, embedding).vectors.tolist() == [[7, 1], [7, 1]]


def test_a_sample_has_one_vector_the_newest(database: Database, embedding: embeddings.Embedding) -> None:
    embeddings.add_vectors(database, embedding, np.array([0, 1]), vectors_of(0, 1))
    embeddings.add_vectors(database, embedding, np.array([1]), vectors_of(9))
    assert embeddings.embedding_matrix(database, embedding).vectors.tolist() == [[0, 1], [9, 1]]


def test_another_version_begins_anew(database: Database, embedding: embeddings.Embedding) -> None:
    embeddings.add_vectors(database, embedding, np.array([0]), vectors_of(0))
    newer = embeddings.use_embedding(database, "net", "2", 2, of_user=False)
    assert embeddings.count_vectors(database, newer) == 0
    assert [e.version for e in embeddings.embeddings(database)] == ["2"]
    collect_garbage(database)
    assert list(database.vectors_directory.iterdir()) == []


def test_the_one_used_last_is_in_use_and_the_other_is_kept(database: Database, embedding: embeddings.Embedding) -> None:
    embeddings.add_vectors(database, embedding, np.array([0]), vectors_of(0))
    mine = embeddings.use_embedding(database, "mine", "1", 3, of_user=True)
    assert embeddings.current_embedding(database) == mine
    assert embeddings.use_embedding(database, "net", "1", 2, of_user=False) == embedding
    assert embeddings.current_embedding(database) == embedding
    assert embeddings.count_vectors(database, embedding) == 1


def test_an_embedding_without_vectors_is_empty(database: Database, embedding: embeddings.Embedding) -> None:
    assert embeddings.embedding_matrix(database, embedding).vectors.shape == (0, 2)
