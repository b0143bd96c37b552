"""Files that can be made again, in a folder of bounded size."""

import contextlib
import os
import secrets
import threading
from pathlib import Path

_KEPT_FRACTION = 0.8


class FileCache:
    """A bounded folder of small files by name; past its limit the oldest go. A disk that refuses is as good as empty.

    Args:
        directory: made when the first file comes.
        limit_bytes: of all files together.
    """

    def __init__(self, directory: Path, limit_bytes: int) -> None:
        self._directory = directory
        self._limit_bytes = limit_bytes
        self._size_bytes: int | None = None  # not counted yet
        self._counting = threading.Lock()

    def path(self, name: str) -> Path:
        """Where a file of this name (hexadecimal digits and an extension) is, if it is there."""
        return self._directory / name[:2] / name[2:]

    def read(self, name: str) -> bytes | None:
        """A file's content; None if it is not there."""
        try:
            return self.path(name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Keep a file, whole or not at all."""
        path = self.path(name)
        partial = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(content)
            partial.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink()
            return
        self._count(len(content))

    def _count(self, added_bytes: int) -> None:
        with self._counting:
            if self._size_bytes is None:
                self._size_bytes = sum(size for _, size, _ in self._files())
            else:
                self._size_bytes += added_bytes
            if self._size_bytes > self._limit_bytes:
                self._evict()

    def _evict(self) -> None:
        files = sorted(self._files())
        size_bytes = sum(size for _, size, _ in files)
        for _, size, path in files:
            if size_bytes <= _KEPT_FRACTION * self._limit_bytes:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108
            size_bytes -= size
        self._size_bytes = size_bytes

    def _files(self) -> list[tuple[int, int, str]]:
        """Time of writing, size and path of every file."""
        found = []
        for folder, _, names in os.walk(self._directory):
            for name in names:
                path = f"{folder}/{name}"
                with contextlib.suppress(OSError):
                    status = os.stat(path)  # noqa: PTH116
                    found.append((status.st_mtime_ns, status.st_size, path))
        return found
