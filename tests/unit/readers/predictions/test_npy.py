"""Arrays in files: every layout and type gives what NumPy gives, and damage gives an error."""

from pathlib import Path

import numpy as np
import pytest

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.predictions.npy import NpyArray, open_npy, open_npz

VALUES = np.random.default_rng(0).normal(size=(23, 5))
LAYOUTS = [
    (dtype, order) for dtype in ("f2", "f4", "f8", ">f2", ">f8", "i8", ">i4", "u1", "?", "<f8") for order in ("C", "F")
]


def equal(array: NpyArray, values: np.ndarray) -> None:
    assert array.shape == values.shape
    assert array.dtype.isnative
    for rows in (1, 7, 1000):
        np.testing.assert_array_equal(np.concatenate(list(array.chunks(rows))), values)
    indices = np.array([22, 0, 5, 5])
    np.testing.assert_array_equal(array.rows(indices), values[indices])
    np.testing.assert_array_equal(array.load(), values)


@pytest.mark.parametrize(("dtype", "order"), LAYOUTS)
def test_npy_files_of_every_layout(dtype: str, order: str, tmp_path: Path) -> None:
    values = np.array(VALUES * 50, order=order).astype(dtype, order="K")
    np.save(tmp_path / "a.npy", values)
    equal(open_npy(str(tmp_path / "a.npy")), values)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("order", ["C", "F"])
def test_members_of_archives(save, order: str, tmp_path: Path) -> None:
    values = np.array(VALUES, order=order)
    save(tmp_path / "a.npz", probs=values, names=np.array(["ä", "bc"]))
    arrays = open_npz(str(tmp_path / "a.npz"))
    equal(arrays["probs"], values)
    assert arrays["names"].load().tolist() == ["ä", "bc"]


def test_an_empty_array_has_no_chunks(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.empty((0, 3)))
    array = open_npy(str(tmp_path / "a.npy"))
    assert list(array.chunks(10)) == []
    assert array.load().shape == (0, 3)


def test_a_file_cut_off_is_unreadable(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", VALUES)
    content = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(content[:-100])
    with pytest.raises(UnreadableSource, match="ends before its 23 × 5 float64 values do"):
        list(open_npy(str(tmp_path / "a.npy")).chunks(10))
    (tmp_path / "a.npy").write_bytes(content[:40])
    with pytest.raises(UnreadableSource, match="is not a NumPy array"):
        open_npy(str(tmp_path / "a.npy"))


def test_a_damaged_archive_is_unreadable(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", probs=VALUES)
    content = bytearray((tmp_path / "a.npz").read_bytes())
    content[200:260] = b"\xff" * 60
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(UnreadableSource, match="Cannot read"):
        open_npz(str(tmp_path / "a.npz"))["probs"].load()


def test_python_objects_are_never_unpickled(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return pytest.fail, ("unpickled",)

    np.save(tmp_path / "a.npy", np.array([Bomb()], dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="holds Python objects") as caught:
        open_npy(str(tmp_path / "a.npy"))
    assert "numpy.array(names, dtype=str)" in caught.value.hint
