"""Arrays that are read in chunks of rows, as often as needed, wherever they lie."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

import numpy as np

CHUNK_BYTES = 1 << 22


class ArraySource(ABC):
    """An array whose rows are streamed.

    Attributes:
        shape: of the whole array.
        dtype: of what ``chunks`` gives, in the machine's byte order.
    """

    shape: tuple[int, ...]
    dtype: np.dtype

    @abstractmethod
    def chunks(self, rows: int) -> Iterator[np.ndarray]:
        """All rows in order, at most ``rows`` at a time."""

    def rows(self, indices: np.ndarray) -> np.ndarray:
        """The rows at ``indices``, in that order; by default in one pass that ends with the last of them."""
        found = np.empty((len(indices), *self.shape[1:]), self.dtype)
        order = np.argsort(indices, kind="stable")
        start = done = 0
        for chunk in self.chunks(self.chunk_rows):
            if done == len(order):
                break
            end = done + int(np.searchsorted(indices[order[done:]], start + len(chunk)))
            found[order[done:end]] = chunk[indices[order[done:end]] - start]
            start, done = start + len(chunk), end
        return found

    def load(self) -> np.ndarray:
        """The whole array."""
        return np.concatenate([np.empty((0, *self.shape[1:]), self.dtype), *self.chunks(self.chunk_rows)])

    @property
    def chunk_rows(self) -> int:
        """Rows of a chunk of about 4 MB."""
        row_bytes = int(np.prod(self.shape[1:])) * self.dtype.itemsize
        return max(1, CHUNK_BYTES // max(1, row_bytes))

    @property
    def description(self) -> str:
        """Shape and type, for people."""
        return f"{' × '.join(f'{size:,}' for size in self.shape)} {self.dtype}"


class MemoryArray(ArraySource):
    """An array in memory."""

    def __init__(self, values: np.ndarray) -> None:
        self.shape = values.shape
        self.dtype = values.dtype.newbyteorder("=")
        self._values = values

    def chunks(self, rows: int) -> Iterator[np.ndarray]:
        for start in range(0, len(self._values), rows):
            yield self._values[start : start + rows].astype(self.dtype, copy=False)

    def rows(self, indices: np.ndarray) -> np.ndarray:
        return np.asarray(self._values[indices], self.dtype)

    def load(self) -> np.ndarray:
        return self._values
