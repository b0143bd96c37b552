"""JPEG at a reduced scale: the inverse DCT of a smaller block costs less and is already an average."""

import numpy as np
import simplejpeg
from PIL import Image

from misnomer.features.problem import DecodeProblem

# What libjpeg says when pixels are lost and the rest is filled with grey; its other warnings are harmless.
_PIXELS_LOST = ("remature end", "bad Huffman code", "bad arithmetic code", "found marker")


def scaled_jpeg(data: bytes, image: Image.Image, longer_side_px: int) -> np.ndarray | None:
    """Pixels at 1/1, 1/2, 3/8, 1/4 or 1/8 of the size, the smallest whose longer side is still large enough.

    Args:
        data: the file.
        image: its header, opened by Pillow.
        longer_side_px: the longer side is at least this, or the original's.

    Returns:
        (h, w, 3) uint8 as stored, before orientation and colour profile; None if libjpeg-turbo's simple
        interface does not read this kind of JPEG (Pillow may).

    Raises:
        DecodeProblem: truncated or corrupt, so that pixels are lost.
    """
    if image.mode not in ("RGB", "L"):
        return None
    side = "min_width" if image.width >= image.height else "min_height"
    try:
        rgb: np.ndarray = simplejpeg.decode_jpeg(data, "RGB", min_factor=2, **{side: longer_side_px})
    except ValueError as error:
        if any(words in str(error) for words in _PIXELS_LOST):
            raise DecodeProblem("unreadable_image", f"Truncated or corrupt JPEG: {error}") from error
        return None
    return rgb


def draft_jpeg(image: Image.Image, longer_side_px: int) -> None:
    """Tell Pillow to decode at 1/2, 1/4 or 1/8 of the size, if the longer side stays large enough."""
    factor = max(1, max(image.size) // longer_side_px)
    image.draft(None, (max(1, image.width // factor), max(1, image.height // factor)))
