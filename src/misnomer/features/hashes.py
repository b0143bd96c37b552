"""Two fingerprints of an image: one for equal pixels, one for pictures that look the same."""

import hashlib

import cv2
import numpy as np


class PixelHash:
    """Hash of decoded pixels: 128 bits of SHA-256 over the size and the 8-bit sRGB pixels on white.

    Equal for files of any format that decode to the same pixels. Where a JPEG is not decoded in full, its
    reduced pixels are hashed with its original size: two such JPEGs of one size that differ only in detail
    which reduction averages away have one hash, and a lossless copy in another format has another.
    """

    def __init__(self, width: int, height: int) -> None:
        self._hash = hashlib.sha256(f"{width}×{height}".encode(), usedforsecurity=False)

    def add(self, rgb: np.ndarray) -> None:
        """Add (rows, width, 3) uint8 pixels, from top to bottom."""
        self._hash.update(np.ascontiguousarray(rgb).data)

    def hexdigest(self) -> str:
        """32 hexadecimal digits."""
        return self._hash.hexdigest()[:32]


def perceptual_hash(luma: np.ndarray) -> int:
    """64-bit DCT hash of a picture: similar pictures differ in few bits.

    The picture is averaged to 32 × 32 and transformed; each of the 8 × 8 lowest frequencies gives one bit, from
    the lowest on (most significant first): whether it exceeds the median of the 63 that are not the mean.

    Args:
        luma: (h, w) float32 in [0, 1].

    Source: Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash Functions", as in
    the ImageHash package; pictures without any structure have the hash of a flat one.
    """
    interpolation = cv2.INTER_AREA if min(luma.shape) >= 32 else cv2.INTER_LINEAR
    small = cv2.resize(luma, (32, 32), interpolation=interpolation)
    frequencies = cv2.dct(small)[:8, :8].ravel()
    frequencies[np.abs(frequencies) < 1e-4] = 0  # rounding noise of a flat picture
    bits = frequencies > np.sort(frequencies[1:])[31]
    return int.from_bytes(np.packbits(bits).tobytes(), "big")
