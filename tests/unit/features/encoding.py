"""Images for tests: files made in memory."""

from io import BytesIO

import numpy as np
from PIL import Image


def encoded(pixels: np.ndarray | Image.Image, format_name: str, **options: object) -> bytes:
    """The file that Pillow writes for an image or for (h, w[, 3 or 4]) pixels."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = BytesIO()
    image.save(file, format_name, **options)
    return file.getvalue()


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    """(h, w, 3) uint8, every pixel different."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def flat(colour: tuple[int, int, int], height: int = 20, width: int = 30) -> np.ndarray:
    """(h, w, 3) uint8 of one colour."""
    return np.full((height, width, 3), colour, np.uint8)


def soft(height: int, width: int) -> np.ndarray:
    """(h, w, 3) uint8 without fine detail, different along and across: what JPEG keeps well."""
    down, right = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return np.stack([255 * right, 255 * down, 255 * (1 - right) * down], axis=-1).round().astype(np.uint8)
