"""An image as a browser shows it: as it is, or converted."""

from io import BytesIO

from PIL import Image

from misnomer.features.decode import decode
from misnomer.features.opening import open_image

# What browsers show, by Pillow's name. CMYK is shown by some browsers and inverted by others.
_SHOWN = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "AVIF": "image/avif",
}
_LONGER_SIDE_PX = 8192
_JPEG_ABOVE_PIXELS = 4_000_000


def browser_media_type(data: bytes) -> str | None:
    """The media type of an image that browsers show as it is, by its content; None: convert it.

    Raises:
        DecodeProblem: it is no image, or its header is broken.
    """
    image = open_image(data)
    if image.mode in ("CMYK", "YCCK"):
        return None
    return _SHOWN.get(image.format or "")


def as_browser_image(data: bytes) -> tuple[bytes, str]:
    """An image as PNG, a large one as JPEG, upright, at most 8,192 px wide and high; and its media type.

    Raises:
        DecodeProblem: the image cannot be read.
    """
    image = Image.fromarray(decode(data, longer_side_px=_LONGER_SIDE_PX).rgb)
    encoded = BytesIO()
    if image.width * image.height > _JPEG_ABOVE_PIXELS:
        image.save(encoded, "JPEG", quality=92)
        return encoded.getvalue(), "image/jpeg"
    image.save(encoded, "PNG", compress_level=1)
    return encoded.getvalue(), "image/png"
