"""Where the bytes of a table come from: a local file or an fsspec URL, compressed or not."""

import io
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import IO

import pyarrow as pa

from misnomer.errors import UnreadableSource

_COMPRESSIONS = {b"\x1f\x8b": "gzip", b"BZh": "bz2", b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4"}


class ByteSource:
    """The bytes of one file, decompressed, from the start as often as needed. A remote file is copied once.

    Attributes:
        name: as the user wrote it.
        path: the local file.
        compression: gzip, bz2, zstd, lz4 or None.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = local_copy(self, name) if is_url(name) else Path(name).expanduser()
        if self.path.is_dir():
            raise UnreadableSource(f"{name} is a folder.", hint="Name a file: CSV, TSV, JSON, JSONL, Parquet or Arrow.")
        try:
            with self.path.open("rb") as file:
                magic = file.read(4)
        except FileNotFoundError:
            raise UnreadableSource(f"{name} does not exist.", hint="Check the path.") from None
        except (OSError, ValueError) as problem:
            raise UnreadableSource(
                f"{name} cannot be read: {problem}.", hint="Check the path and its rights."
            ) from None
        found = (word for start, word in _COMPRESSIONS.items() if magic.startswith(start))
        self.compression: str | None = next(found, None)

    def open(self) -> IO[bytes]:
        """The decompressed bytes from the start."""
        file = self.path.open("rb")
        if self.compression is None:
            return file
        return io.BufferedReader(_Decompressed(self.name, file, self.compression), 1 << 20)

    def head(self, size_bytes: int) -> bytes:
        """The first bytes, decompressed."""
        with self.open() as file:
            return file.read(size_bytes)


class _Decompressed(io.RawIOBase):
    """A compressed file, read as what is in it; broken compression is an UnreadableSource."""

    def __init__(self, name: str, file: IO[bytes], compression: str) -> None:
        self._name = name
        self._file = file
        self._stream = pa.CompressedInputStream(file, compression)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (OSError, pa.ArrowException) as problem:
            message = f"{self._name} is compressed, but broken: {problem}."
            raise UnreadableSource(message, hint="Unpack it by hand, or fetch it again.") from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._file.close()
        super().close()


def is_url(name: str) -> bool:
    """Whether this is an fsspec URL rather than a local path.

    >>> is_url("s3://bucket/a.csv"), is_url("C:\\\\a.csv")
    (True, False)
    """
    scheme, separator, _ = name.partition("://")
    return bool(separator) and scheme.replace("+", "").replace(":", "").isalnum()


def local_copy(owner: object, url: str) -> Path:
    """A local copy of a remote file, deleted with its owner.

    Raises:
        UnreadableSource: an unknown kind of URL, no such file, no access.
    """
    import fsspec

    with tempfile.NamedTemporaryFile(prefix="misnomer-", delete=False) as copy:
        weakref.finalize(owner, Path(copy.name).unlink, missing_ok=True)
        try:
            with fsspec.open(url, "rb") as remote:
                shutil.copyfileobj(remote, copy, 1 << 22)
        except ImportError as problem:
            raise UnreadableSource(f"{url} cannot be read: {problem}.", hint="Install it with pip.") from None
        except Exception as problem:  # every protocol has errors of its own
            message = f"{url} cannot be read: {type(problem).__name__}: {problem}"
            raise UnreadableSource(message, hint="Check the URL, its protocol and your access to it.") from None
    return Path(copy.name)
