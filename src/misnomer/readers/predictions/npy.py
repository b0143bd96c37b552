"""Arrays in .npy files and in the members of .npz archives, streamed by plain reads: no memory map, no pickle."""

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import fsspec
import numpy as np
from numpy.lib import format as npy_format

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.predictions.sources import ArraySource

NPY_MAGIC = npy_format.MAGIC_PREFIX
PICKLE_HINT = (
    "Pickles are never loaded, since they can run code. Save plain arrays instead: numbers with numpy.save, "
    "names as numpy.array(names, dtype=str), several arrays with numpy.savez."
)
_HEADER_READERS = {
    (1, 0): npy_format.read_array_header_1_0,
    (2, 0): npy_format.read_array_header_2_0,
}


class NpyArray(ArraySource):
    """An array in the .npy format.

    Args:
        name: as the user knows it, for messages.
        open_file: opens it at its first byte.
        seekable: whether jumping in it is cheap.
    """

    def __init__(self, name: str, open_file: Callable[[], IO[bytes]], *, seekable: bool) -> None:
        self._name, self._open, self._seekable = name, open_file, seekable
        with _readable(name), open_file() as file:
            self.shape, self._column_major, self._stored_dtype = _read_header(name, file)
            self._offset = file.tell()
        self._column_major = self._column_major and len(self.shape) > 1
        self.dtype = self._stored_dtype.newbyteorder("=")

    def chunks(self, rows: int) -> Iterator[np.ndarray]:
        read = self._read_column_major if self._column_major else self._read_row_major
        with _readable(self._name), self._open() as file:
            file.seek(self._offset)
            yield from read(file, rows)

    def rows(self, indices: np.ndarray) -> np.ndarray:
        if not self._seekable or self._column_major:
            return super().rows(indices)
        found = np.empty((len(indices), *self.shape[1:]), self.dtype)
        row_bytes = self._item_count(1) * self._stored_dtype.itemsize
        with _readable(self._name), self._open() as file:
            for position in np.argsort(indices, kind="stable"):
                file.seek(self._offset + int(indices[position]) * row_bytes)
                found[position] = self._read(file, 1)[0]
        return found

    def _read_row_major(self, file: IO[bytes], rows: int) -> Iterator[np.ndarray]:
        for start in range(0, self.shape[0], rows):
            yield self._read(file, min(rows, self.shape[0] - start))

    def _read_column_major(self, file: IO[bytes], rows: int) -> Iterator[np.ndarray]:
        """Jump from column to column; what cannot be jumped in is unpacked to a temporary file first."""
        if self._seekable:
            yield from self._jump(file, self._offset, rows)
            return
        with tempfile.TemporaryFile() as unpacked:
            while block := file.read(1 << 22):
                unpacked.write(block)
            yield from self._jump(unpacked, 0, rows)

    def _jump(self, file: IO[bytes], offset: int, rows: int) -> Iterator[np.ndarray]:
        itemsize, columns = self._stored_dtype.itemsize, self._item_count(1)
        for start in range(0, self.shape[0], rows):
            chunk = np.empty((min(rows, self.shape[0] - start), columns), self.dtype)
            for column in range(columns):
                file.seek(offset + (column * self.shape[0] + start) * itemsize)
                chunk[:, column] = self._items(file, len(chunk))
            yield chunk.reshape(len(chunk), *self.shape[1:], order="F")

    def _read(self, file: IO[bytes], rows: int) -> np.ndarray:
        return self._items(file, self._item_count(rows)).reshape(rows, *self.shape[1:])

    def _items(self, file: IO[bytes], count: int) -> np.ndarray:
        items = np.empty(count, self._stored_dtype)
        view, filled = memoryview(items.view(np.uint8)), 0  # type: ignore[arg-type]
        while filled < len(view) and (got := _read_into(file, view[filled:])):
            filled += got
        if filled < len(view):
            raise UnreadableSource(
                f"{self._name} ends before its {self.description} values do.",
                hint="The file was cut off; write or copy it again.",
            )
        return items.astype(self.dtype, copy=False)

    def _item_count(self, rows: int) -> int:
        return rows * int(np.prod(self.shape[1:], dtype=np.int64))


def open_npy(path: str) -> NpyArray:
    """The array of an .npy file; local or an fsspec URL."""
    return NpyArray(path, lambda: open_binary(path), seekable=True)


def open_npz(path: str) -> dict[str, NpyArray]:
    """The arrays of an .npz archive by name; each is streamed out of the archive.

    Raises:
        InputError: a member is not a plain array.
        UnreadableSource: the archive is damaged.
    """
    with _readable(path), open_binary(path) as file, zipfile.ZipFile(file) as archive:
        members = [(m.filename, m.compress_type == zipfile.ZIP_STORED) for m in archive.infolist() if not m.is_dir()]
    return {
        name.removesuffix(".npy"): NpyArray(
            f"{path}, array {name.removesuffix('.npy')!r}", _member_opener(path, name), seekable=stored
        )
        for name, stored in members
        if name.endswith(".npy")
    }


def open_binary(path: str) -> IO[bytes]:
    """The file's bytes, unbuffered where it is local."""
    if "://" in path:
        file: IO[bytes] = fsspec.open(path, "rb").open()
        return file
    return Path(path).open("rb", buffering=0)


def _member_opener(path: str, name: str) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        # The archive closes its file once it and the member are both closed.
        with zipfile.ZipFile(path if "://" not in path else open_binary(path)) as archive:
            return archive.open(name)

    return open_member


def _read_into(file: IO[bytes], view: memoryview) -> int:
    """Fill what can be filled; fsspec's and zipfile's files lack an unbuffered ``readinto``."""
    if hasattr(file, "readinto"):
        return int(file.readinto(view) or 0)
    block = file.read(min(len(view), 1 << 22))
    view[: len(block)] = block
    return len(block)


def _read_header(name: str, file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype]:
    try:
        version = npy_format.read_magic(file)
        if version not in _HEADER_READERS:
            raise ValueError(f"version {version} of the .npy format is unknown")
        shape, column_major, dtype = _HEADER_READERS[version](file)
        if min(shape, default=0) < 0:
            raise ValueError(f"its shape is {shape}")
    except (ValueError, EOFError) as problem:
        raise UnreadableSource(f"{name} is not a NumPy array: {problem}.", hint="Write it with numpy.save.") from None
    if dtype.hasobject:
        raise InputError(f"{name} holds Python objects (a pickle).", hint=PICKLE_HINT)
    if dtype.names is not None or not shape:
        kind = "a record array" if dtype.names is not None else "a single value"
        raise InputError(f"{name} is {kind}.", hint="Save a plain array, or a table as CSV or Parquet.")
    return shape, column_major, dtype


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turns what reading a damaged file raises into UnreadableSource."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise UnreadableSource(
            f"Cannot read {name}: {problem}.", hint="The file may be damaged or cut off; write it again."
        ) from None
