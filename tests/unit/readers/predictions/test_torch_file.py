"""PyTorch files without PyTorch."""

import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from misnomer.errors import InputError
from misnomer.readers.predictions import read_predictions


@pytest.mark.skipif(find_spec("torch") is not None, reason="PyTorch is installed here")
def test_a_torch_file_says_what_to_do_without_torch(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.pt", "w") as archive:
        archive.writestr("archive/data.pkl", b"")
    with pytest.raises(InputError, match="PyTorch is not installed here") as caught:
        read_predictions(tmp_path / "p.pt", class_names=["a"])
    assert "numpy.savez" in caught.value.hint


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    (tmp_path / "p.pkl").write_bytes(b"\x80\x04\x95")
    with pytest.raises(InputError, match="is a pickle"):
        read_predictions(tmp_path / "p.pkl", class_names=["a"])
