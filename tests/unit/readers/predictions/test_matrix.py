"""A matrix of predictions, streamed."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from misnomer.readers.predictions import PredictionFile, ProbabilityMatrix, read_predictions

VALUES = np.random.default_rng(0).dirichlet([1] * 3, 50)
CLASSES = ("a", "b", "c")


def matrix(source: object) -> ProbabilityMatrix:
    file: PredictionFile = read_predictions(source, class_names=CLASSES)
    assert file.matrix is not None
    return file.matrix


def test_chunks_and_rows_are_those_of_the_file(tmp_path: Path) -> None:
    np.save(tmp_path / "p.npy", VALUES.astype(np.float16))
    found = matrix(tmp_path / "p.npy")
    assert (found.row_count, found.class_names, found.kind, found.dtype) == (50, CLASSES, "probabilities", np.float16)
    assert [len(chunk) for chunk in found.chunks(rows=20)] == [20, 20, 10]
    np.testing.assert_array_equal(np.concatenate(list(found.chunks())), VALUES.astype(np.float16))
    np.testing.assert_array_equal(found.rows(np.array([49, 3])), VALUES.astype(np.float16)[[49, 3]])


def test_percentages_come_out_as_probabilities() -> None:
    np.testing.assert_allclose(np.concatenate(list(matrix(VALUES * 100).chunks())), VALUES)


def test_the_digest_knows_a_matrix_again_wherever_it_lies(tmp_path: Path) -> None:
    np.save(tmp_path / "p.npy", VALUES)
    np.save(tmp_path / "f.npy", np.asfortranarray(VALUES))
    digest = matrix(VALUES).digest()
    assert matrix(tmp_path / "p.npy").digest() == digest
    assert matrix(tmp_path / "f.npy").digest() == digest


@pytest.mark.parametrize(
    "other", [VALUES[::-1], VALUES[:, ::-1], VALUES[:-1], np.log(VALUES), VALUES.astype(np.float32)]
)
def test_the_digest_of_other_contents_differs(other: np.ndarray) -> None:
    assert matrix(other).digest() != matrix(VALUES).digest()


@pytest.mark.parametrize("list_type", [pa.list_(pa.float32()), pa.list_(pa.float32(), 3), pa.large_list(pa.float32())])
def test_a_column_of_lists_is_a_matrix(list_type: pa.DataType, tmp_path: Path) -> None:
    lists = [None if i == 7 else row.astype(np.float32).tolist() for i, row in enumerate(VALUES)]
    table = pa.table({"path": [f"{i}.jpg" for i in range(50)], "probs": pa.array(lists, list_type)})
    pq.write_table(table, tmp_path / "p.parquet")
    found = matrix(tmp_path / "p.parquet")
    expected = VALUES.astype(np.float32)
    expected[7] = np.nan
    assert found.dtype == np.float32
    np.testing.assert_array_equal(np.concatenate(list(found.chunks(rows=9))), expected)
    np.testing.assert_array_equal(found.rows(np.array([7, 49, 0])), expected[[7, 49, 0]])
