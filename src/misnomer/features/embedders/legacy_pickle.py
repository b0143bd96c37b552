"""Tensors of a file that PyTorch wrote before 1.6, read without PyTorch and without running what is in the file."""

import collections
import pickle
from pathlib import Path
from typing import IO, Any

import numpy as np

from misnomer.errors import UnreadableSource

_MAGIC = 0x1950A86A20F9469CFC6C
_DTYPES = {"FloatStorage": "<f4", "HalfStorage": "<f2", "DoubleStorage": "<f8", "LongStorage": "<i8"}


def read_legacy_tensors(path: Path) -> dict[str, np.ndarray]:
    """Named tensors, in the order of the file.

    The file is a row of pickles (magic number, version, system, the tensors as views of storages, the storages' keys)
    followed by each storage: its length as int64, then its numbers. Only the four names that tensors need are
    allowed in the pickles.

    Raises:
        UnreadableSource: it is no such file, or names anything else.
    """
    try:
        with path.open("rb") as file:
            if _TensorUnpickler(file).load() != _MAGIC:
                raise pickle.UnpicklingError("another magic number")
            _TensorUnpickler(file).load()  # version of the format
            _TensorUnpickler(file).load()  # byte order and sizes of the writer's system
            unpickler = _TensorUnpickler(file)
            views: dict[str, _View] = unpickler.load()
            keys = _TensorUnpickler(file).load()
            storages = {key: _read_storage(file, unpickler.dtypes[key]) for key in keys}
    except (OSError, pickle.UnpicklingError, KeyError, ValueError, EOFError, AttributeError, TypeError) as problem:
        raise UnreadableSource(
            f"{path} is no file of PyTorch tensors in the old format: {problem}.",
            hint="Install the package that brought it again.",
        ) from problem
    return {name: view.of(storages) for name, view in views.items()}


class _View:
    """A tensor as the pickle tells it: a part of a storage."""

    def __init__(self, key: str, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any) -> None:
        self.key, self.offset, self.shape, self.strides = key, offset, shape, strides

    def of(self, storages: dict[str, np.ndarray]) -> np.ndarray:
        flat = storages[self.key][self.offset :]
        return np.lib.stride_tricks.as_strided(
            flat, self.shape, [stride * flat.itemsize for stride in self.strides], writeable=False
        )


class _TensorUnpickler(pickle.Unpickler):
    """Knows an ordered dictionary, PyTorch's tensor and its storages, and nothing else."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self.dtypes: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _View
        if module == "torch" and name in _DTYPES:
            return _DTYPES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")

    def persistent_load(self, identity: Any) -> str:
        _, dtype, key, *_ = identity
        self.dtypes[key] = dtype
        return str(key)


def _read_storage(file: IO[bytes], dtype: str) -> np.ndarray:
    count = int.from_bytes(file.read(8), "little")
    content = file.read(count * np.dtype(dtype).itemsize)
    return np.frombuffer(content, dtype, count)
