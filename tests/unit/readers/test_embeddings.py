"""Vectors in every shape that people have them, and what is said of the others."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from misnomer.errors import InputError, LengthMismatch, UnreadableSource, UnverifiedOrder
from misnomer.readers.align import align_vectors
from misnomer.readers.embeddings import EmbeddingFile, read_embeddings

KEYS = ["a/1.jpg", "b/2.jpg", "b/3.jpg"]
VECTORS = np.arange(12, dtype=np.float32).reshape(3, 4)


def check(file: EmbeddingFile) -> None:
    assert file.keys is not None
    assert file.keys.to_pylist() == KEYS
    np.testing.assert_array_equal(file.source.load(), VECTORS)


def test_npz_with_names(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", filenames=np.array(KEYS), features=VECTORS, labels=np.array([0, 1, 1]))
    file = read_embeddings(tmp_path / "v.npz")
    check(file)
    assert file.report.format == "NumPy arrays: 3 vectors of 4 numbers, with keys"
    assert [(finding.kind, finding.keys) for finding in file.report.findings] == [("ignored_column", ("labels",))]


def test_npy_with_keys_beside_it(tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", VECTORS)
    (tmp_path / "keys.txt").write_text("\n".join(KEYS) + "\n")
    np.save(tmp_path / "keys.npy", np.array(KEYS))
    for keys in (KEYS, tmp_path / "keys.txt", str(tmp_path / "keys.npy")):
        check(read_embeddings(tmp_path / "v.npy", keys=keys))


def test_parquet_with_lists_of_any_kind(tmp_path: Path) -> None:
    for kind in (pa.list_(pa.float32()), pa.list_(pa.float32(), 4), pa.large_list(pa.float64())):
        table = pa.table({"path": KEYS, "embedding": pa.array(VECTORS.tolist(), kind), "note": ["x", "y", "z"]})
        pq.write_table(table, tmp_path / "v.parquet")
        file = read_embeddings(tmp_path / "v.parquet")
        check(file)
        assert file.report.findings[0].keys == ("note",)


def test_a_frame_with_a_column_for_each_dimension() -> None:
    frame = pd.DataFrame(VECTORS, columns=[f"dim_{n}" for n in range(4)]).assign(key=KEYS)
    check(read_embeddings(frame))


def test_arrays_in_memory() -> None:
    check(read_embeddings({"keys": KEYS, "embeddings": VECTORS}))
    assert read_embeddings(VECTORS).keys is None


def test_a_list_of_another_length_is_a_row_of_nan() -> None:
    table = pa.table({"key": ["a", "b", "c"], "embedding": [[1.0, 2.0], [3.0], [4.0, 5.0]]})
    assert np.isnan(read_embeddings(table).source.load()).all(axis=1).tolist() == [False, True, False]


def test_several_matrices_without_a_known_name_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", one=VECTORS, two=VECTORS)
    with pytest.raises(InputError, match=r"several arrays could be vectors \(one: 3 × 4 float32"):
        read_embeddings(tmp_path / "v.npz")


def test_no_vectors_are_refused(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("key,label\na,cat\n")
    with pytest.raises(InputError, match=r"no column of vectors"):
        read_embeddings(tmp_path / "v.csv")
    with pytest.raises(InputError, match=r"no array of vectors"):
        read_embeddings({"keys": KEYS})
    with pytest.raises(UnreadableSource, match=r"has no vectors"):
        read_embeddings(np.empty((0, 4)))
    np.save(tmp_path / "pickle.npy", np.array([{"a": 1}]), allow_pickle=True)
    with pytest.raises(InputError, match=r"pickle"):
        read_embeddings(tmp_path / "pickle.npy")


def test_as_many_keys_as_vectors_are_needed() -> None:
    with pytest.raises(LengthMismatch, match=r"2 keys but 3 vectors"):
        read_embeddings(VECTORS, keys=KEYS[:2])


SAMPLES = pa.chunked_array([["a/1.jpg", "b/2.jpg", "b/3.jpg", "c/4.jpg"]])
SPLITS = pa.chunked_array([["train", "train", "train", "test"]])


def found(file: EmbeddingFile) -> dict[str, int]:
    return {finding.kind: finding.count for finding in file.report.findings}


def test_keys_are_joined_by_the_rule_of_predictions() -> None:
    keys = ["data/a/1.jpg", "b/2", "gone.jpg", "b/3.jpg", "b/3.jpg"]
    file = read_embeddings(VECTORS[[0, 1, 2, 2, 2]], keys=keys)
    alignment = align_vectors(file, SAMPLES, SPLITS)
    assert dict(zip(alignment.file_rows.tolist(), alignment.sample_rows.tolist(), strict=True)) == {0: 0, 1: 1, 3: 2}
    assert found(file) == {
        "matched_by_suffix": 1,
        "matched_by_stem": 1,
        "unknown_sample": 1,
        "duplicate_key": 1,
        "without_vector": 1,
    }


def test_contradictory_vectors_of_one_sample_are_used_by_nobody() -> None:
    file = read_embeddings(VECTORS, keys=["a/1.jpg", "b/2.jpg", "a/1.jpg"])
    assert align_vectors(file, SAMPLES, SPLITS).sample_rows.tolist() == [1]
    assert found(file)["conflicting_duplicate"] == 2


def test_rows_without_keys_need_a_declared_order() -> None:
    with pytest.raises(UnverifiedOrder, match=r"--in-order"):
        align_vectors(read_embeddings(VECTORS), SAMPLES, SPLITS, split="train")
    alignment = align_vectors(read_embeddings(VECTORS), SAMPLES, SPLITS, split="train", in_order=True)
    assert alignment.sample_rows.tolist() == [0, 1, 2]
    with pytest.raises(LengthMismatch, match=r"3 vectors and no keys, but there are 4 samples"):
        align_vectors(read_embeddings(VECTORS), SAMPLES, SPLITS, in_order=True)
