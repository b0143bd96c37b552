"""Opening an image: which format its content is, and its header; no pixel is decoded here."""

import re
import threading
import warnings
from importlib import import_module
from io import BytesIO
from types import TracebackType

from PIL import Image

from misnomer.features.problem import DecodeProblem, reason_of
from misnomer.settings import get_int

# Pillow's name of each format that is read, and how its content begins.
_MAGIC = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "GIF": re.compile(rb"GIF8[79]a"),
    "WEBP": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "TIFF": re.compile(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"),
    "BMP": re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL),
    "PPM": re.compile(rb"P[1-6]\s"),
    "AVIF": re.compile(rb".{4}ftyp(avif|avis|mif1|msf1)", re.DOTALL),
    "JPEG2000": re.compile(rb"\xff\x4f\xff\x51|\0\0\0\x0cjP  \r\n\x87\n"),
}
_PLUGINS = ("Jpeg", "Png", "Gif", "WebP", "Tiff", "Bmp", "Ppm", "Avif", "Jpeg2K", "Mpo")
for _plugin in _PLUGINS:
    import_module(f"PIL.{_plugin}ImagePlugin")


def open_image(data: bytes) -> Image.Image:
    """Open an image by its content, whatever its name; its pixels are still encoded.

    Not ``PIL.Image.open``: that tries formats with side effects, and its guard against decompression bombs
    is one number for the whole process. Ours is the setting ``max_image_pixels``.

    Raises:
        DecodeProblem: empty, not an image, a broken header, or more pixels than allowed.
    """
    if not data:
        raise DecodeProblem("empty_image", "The file is empty.")
    image = _open_as(_format_of(data), data)
    check_size(image.size)
    return image


def check_size(size: tuple[int, int]) -> None:
    """Refuse an image before its pixels are decoded.

    Raises:
        DecodeProblem: no pixels, or more than the setting ``max_image_pixels``.
    """
    width, height = size
    limit = get_int("max_image_pixels")
    if width < 1 or height < 1:
        raise DecodeProblem("unreadable_image", f"{width} × {height} pixels.")
    if width * height > limit:
        reason = f"{width:,} × {height:,} pixels, more than the {limit:,} that max_image_pixels allows."
        raise DecodeProblem("unreadable_image", reason)


def _format_of(data: bytes) -> str:
    for name, magic in _MAGIC.items():
        if magic.match(data):
            return name
    known = ", ".join(_MAGIC)
    raise DecodeProblem("not_an_image", f"Its content is none of {known}; it begins with {repr(data[:8])[1:]}.")


def _open_as(format_name: str, data: bytes) -> Image.Image:
    factory, accept = Image.OPEN[format_name]
    unsupported = accept(data[:16]) if accept else None
    if isinstance(unsupported, str):
        raise DecodeProblem("unreadable_image", f"Pillow was built without {format_name}.")
    try:
        return factory(BytesIO(data), "")
    except Exception as error:
        raise DecodeProblem("unreadable_image", f"The {format_name} header is broken: {reason_of(error)}") from error


class QuietPillow:
    """Hides Pillow's warnings, and gives its guard our limit of pixels, while any thread is inside.

    Both belong to the whole process: two threads that enter and leave in turn would restore each other's.
    Here the first in changes them and the last out restores them. The guard is for what a header does not
    tell: a TIFF's tiles, a GIF's frames.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._saved = warnings.catch_warnings()
        self._saved_limit = Image.MAX_IMAGE_PIXELS

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._saved = warnings.catch_warnings()
                self._saved.__enter__()
                warnings.filterwarnings("ignore", module=r"PIL\.")
                self._saved_limit = Image.MAX_IMAGE_PIXELS
                Image.MAX_IMAGE_PIXELS = get_int("max_image_pixels") // 2 + 1  # it warns here, refuses at twice this
            self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._saved.__exit__(None, None, None)
                Image.MAX_IMAGE_PIXELS = self._saved_limit
