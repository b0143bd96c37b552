"""Matrices on disk: whole or not there, found by content, read by rows."""

from pathlib import Path

import numpy as np
import pytest

from misnomer.store.database import Database
from misnomer.store.vectors import MatrixWriter, add_matrix, collect_garbage, matrices


def write(directory: Path, matrix: np.ndarray) -> str:
    with MatrixWriter(directory, matrix.shape, matrix.dtype) as writer:
        for start in range(0, len(matrix), 3):
            writer.write(matrix[start : start + 3])
        return writer.finish()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", ">f4"])
def test_rows_come_back_as_they_were_given(database: Database, dtype: str) -> None:
    matrix = np.random.default_rng(0).random((10, 4)).astype(dtype)
    name = write(database.vectors_directory, matrix)
    add_matrix(database, name, "logits", 10, [3, 2, 1, 0])
    stored = matrices(database)[0]
    assert (stored.kind, stored.row_count, stored.class_ids) == ("logits", 10, (3, 2, 1, 0))
    for rows in ([0, 1, 2], [2, 3, 7, 9], [5], []):
        np.testing.assert_array_equal(stored.rows(np.array(rows, np.int64)), matrix[rows])
    np.testing.assert_array_equal(np.load(stored.path), matrix)


def test_the_same_content_is_one_file(database: Database) -> None:
    matrix = np.eye(4)
    assert write(database.vectors_directory, matrix) == write(database.vectors_directory, matrix)
    assert write(database.vectors_directory, matrix) != write(database.vectors_directory, matrix.astype("float32"))
    first = add_matrix(database, "a.npy", "probabilities", 4, [0, 1])
    assert add_matrix(database, "a.npy", "probabilities", 4, [0, 1]) == first
    assert add_matrix(database, "a.npy", "probabilities", 4, [1, 0]) != first


def test_an_interrupted_write_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), MatrixWriter(database.vectors_directory, (4, 4), np.dtype("f4")) as writer:
        writer.write(np.zeros((2, 4), "f4"))
        raise RuntimeError
    assert list(database.vectors_directory.iterdir()) == []


def test_files_that_no_row_names_are_collected(database: Database) -> None:
    kept = write(database.vectors_directory, np.eye(3))
    add_matrix(database, kept, "probabilities", 3, [0, 1, 2])
    write(database.vectors_directory, np.zeros((2, 2)))
    (database.vectors_directory / ".4711.unfinished").touch()
    collect_garbage(database)
    assert [path.name for path in database.vectors_directory.iterdir()] == [kept]


def test_a_file_cut_short_is_an_error(database: Database) -> None:
    name = write(database.vectors_directory, np.eye(8))
    path = database.vectors_directory / name
    path.write_bytes(path.read_bytes()[:-100])
    add_matrix(database, name, "probabilities", 8, list(range(8)))
    with pytest.raises(OSError, match="cut short"):
        matrices(database)[0].rows(np.arange(8))
