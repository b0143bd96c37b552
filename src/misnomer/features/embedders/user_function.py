"""Embedders of the user's: functions of pictures that a package registers by entry point."""

from collections.abc import Callable
from importlib.metadata import entry_points

import numpy as np

from misnomer.errors import InputError

GROUP = "misnomer.embedders"


class FunctionEmbedder:
    """A function of (n, px, px, 3) uint8 sRGB pictures that returns (n, d) numbers.

    Its attribute ``input_px`` says the side (224), and ``version`` changes whenever its vectors do (1).
    """

    def __init__(self, name: str, function: Callable[[np.ndarray], np.ndarray]) -> None:
        self.name = name
        self.version = str(getattr(function, "version", 1))
        self.input_px = int(getattr(function, "input_px", 224))
        self._function = function
        self.dimensions = int(self.embed(np.zeros((1, self.input_px, self.input_px, 3), np.uint8)).shape[1])

    def embed(self, images: np.ndarray) -> np.ndarray:
        """Call the function.

        Raises:
            InputError: its answer is of another shape.
        """
        vectors = np.asarray(self._function(images))
        if vectors.ndim != 2 or len(vectors) != len(images) or vectors.dtype.kind not in "fiu":
            raise InputError(
                f"The embedder {self.name!r} returned {vectors.dtype} of shape {vectors.shape} "
                f"for {len(images)} pictures.",
                hint="Return an array (n, d) of numbers, a row a picture.",
            )
        return vectors


def registered_functions() -> dict[str, Callable[[], Callable[[np.ndarray], np.ndarray]]]:
    """What loads each function registered under the entry point group ``misnomer.embedders``, by its name."""
    return {entry.name: entry.load for entry in entry_points(group=GROUP)}
