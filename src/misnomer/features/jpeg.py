"""JPEG at a reduced scale: the inverse DCT of a smaller block costs less and is already an average."""

import numpy as np
import simplejpeg
from PIL import Image

from misnomer.features.problem import DecodeProblem

# What libjpeg says when pixels are lost and the rest is filled with grey; its other warnings are harmless.
_PIXELS_LOST = ("remature end", "bad Huffman code", "bad arithmetic code", "found marker")


def plain_jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG that is only pixels: no segment that could turn it or give it a colour profile.

    None for any other file. Saves Pillow's parsing of the header, which holds the interpreter's lock.
    """
    if not (data.startswith(b"\xff\xd8\xff") and _has_no_application_segment(data)):
        return None
    try:
        height, width, _, _ = simplejpeg.decode_jpeg_header(data)
    except ValueError:
        return None
    return width, height


def _has_no_application_segment(data: bytes) -> bool:
    """Whether no APP1 (EXIF, XMP), APP2 (profile, several pictures) … APP15 comes before the pixels."""
    position = 2
    while data[position : position + 1] == b"\xff" and position + 4 <= len(data):
        marker = data[position + 1]
        if marker == 0xDA:  # start of scan
            return True
        if 0xE1 <= marker <= 0xEF:
            return False
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return False


def scaled_jpeg(data: bytes, size: tuple[int, int], longer_side_px: int) -> np.ndarray | None:
    """Pixels at 1/1, 1/2, 3/8, 1/4 or 1/8 of the size, the smallest whose longer side is still large enough.

    Args:
        data: the file.
        size: width and height in its header.
        longer_side_px: the longer side is at least this, or the original's.

    Returns:
        (h, w, 3) uint8 as stored, before orientation and colour profile; None if libjpeg-turbo's simple
        interface does not read this kind of JPEG, such as CMYK (Pillow may).

    Raises:
        DecodeProblem: truncated or corrupt, so that pixels are lost.
    """
    side = "min_width" if size[0] >= size[1] else "min_height"
    try:
        rgb: np.ndarray = simplejpeg.decode_jpeg(data, "RGB", min_factor=2, **{side: longer_side_px})
    except (ValueError, MemoryError) as error:
        if any(words in str(error) for words in _PIXELS_LOST):
            raise DecodeProblem("unreadable_image", f"Truncated or corrupt JPEG: {error}") from error
        return None
    return rgb


def draft_jpeg(image: Image.Image, longer_side_px: int) -> None:
    """Tell Pillow to decode at 1/2, 1/4 or 1/8 of the size, if the longer side stays large enough."""
    factor = max(1, max(image.size) // longer_side_px)
    image.draft(None, (max(1, image.width // factor), max(1, image.height // factor)))
