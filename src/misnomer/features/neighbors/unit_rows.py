"""Rows of a matrix of unit vectors, read as they are needed."""

import numpy as np

_BLOCK_ROWS = 8192


class UnitRows:
    """Vectors whose products are cosines: float16 on disk, float32 and of length 1 to rounding when they are read.

    Args:
        vectors: (n, d) of length about 1, in memory or memory-mapped.
    """

    def __init__(self, vectors: np.ndarray) -> None:
        self._vectors = vectors
        self.dimensions = int(vectors.shape[1])
        self._scale = np.empty((len(vectors), 1), np.float32)
        for start in range(0, len(vectors), _BLOCK_ROWS):
            block = vectors[start : start + _BLOCK_ROWS].astype(np.float32)
            self._scale[start : start + _BLOCK_ROWS, 0] = 1 / np.linalg.norm(block, axis=1)

    def __len__(self) -> int:
        return len(self._vectors)

    def __getitem__(self, rows: slice | np.ndarray) -> np.ndarray:
        """(m, d) float32."""
        return self._vectors[rows].astype(np.float32) * self._scale[rows]
