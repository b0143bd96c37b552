"""Files of tensors are read; anything else in a pickle is refused before it runs."""

import os
import pickle
from pathlib import Path

import pytest

from misnomer.errors import UnreadableSource
from misnomer.features.embedders.efficientnet_lite import weights_path
from misnomer.features.embedders.legacy_pickle import read_legacy_tensors

MAGIC = 0x1950A86A20F9469CFC6C


class Hostile:
    """Would make a folder when unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_the_shipped_weights_have_their_tensors() -> None:
    tensors = read_legacy_tensors(weights_path())
    assert len(tensors) == 296
    assert tensors["_conv_stem.weight"].shape == (32, 3, 3, 3)
    assert tensors["_fc.bias"][:2].round(5).tolist() == pytest.approx([0.03205, -0.01599])


def test_a_pickle_that_calls_a_function_is_refused_and_does_not_run(tmp_path: Path) -> None:
    file = tmp_path / "hostile.pth"
    parts = [MAGIC, 1001, {}, Hostile(tmp_path / "made")]
    file.write_bytes(b"".join(pickle.dumps(part, protocol=2) for part in parts))
    with pytest.raises(UnreadableSource, match=r"mkdir is not allowed"):
        read_legacy_tensors(file)
    assert not (tmp_path / "made").exists()


def test_a_magic_number_that_calls_a_function_is_refused_and_does_not_run(tmp_path: Path) -> None:
    file = tmp_path / "hostile.pth"
    file.write_bytes(pickle.dumps(Hostile(tmp_path / "made"), protocol=2))
    with pytest.raises(UnreadableSource, match=r"mkdir is not allowed"):
        read_legacy_tensors(file)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", pickle.dumps(1)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.pth").write_bytes(content)
    with pytest.raises(UnreadableSource, match=r"old format"):
        read_legacy_tensors(tmp_path / "other.pth")
