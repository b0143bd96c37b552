"""What an embedder is: pictures in, vectors out."""

from typing import Protocol

import numpy as np


class Embedder(Protocol):
    """Turns pictures into vectors; called from several threads at once.

    Attributes:
        name: by which the user chose it.
        version: changes when its vectors do; vectors of two versions are never compared.
        input_px: side of the square that it sees.
        dimensions: length of a vector.
    """

    name: str
    version: str
    input_px: int
    dimensions: int

    def embed(self, images: np.ndarray) -> np.ndarray:
        """(n, input_px, input_px, 3) uint8 sRGB → (n, dimensions) of real numbers."""
        ...
