"""Small pictures for pages and reports."""

from io import BytesIO

from PIL import Image

from misnomer.features.decode import decode


def thumbnail(data: bytes, size_px: int) -> bytes:
    """An image as WebP with its longer side at most ``size_px``: upright, on white, never enlarged.

    Raises:
        DecodeProblem: the image cannot be read.
    """
    encoded = BytesIO()
    Image.fromarray(decode(data, longer_side_px=size_px).rgb).save(encoded, "WEBP", quality=80, method=2)
    return encoded.getvalue()
