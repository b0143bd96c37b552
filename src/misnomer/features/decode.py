"""One image, from its file's bytes to the pixels that everything is measured on."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np
from PIL import ExifTags, Image

from misnomer.features.colour import foreign_profile, srgb_strips
from misnomer.features.hashes import PixelHash
from misnomer.features.jpeg import draft_jpeg, plain_jpeg_size, scaled_jpeg
from misnomer.features.opening import QuietPillow, check_size, open_image
from misnomer.features.problem import DecodeProblem, reason_of
from misnomer.features.reduction import area_average, reduced_size

REDUCED_PX = 256

_LARGE_PIXELS = 1 << 25
_one_large_image: AbstractContextManager[object] = threading.Lock()
_quiet_pillow = QuietPillow()

_TO_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Decoded:
    """An image as a person sees it: upright, on white, 8-bit sRGB.

    Attributes:
        width_px, height_px: of the original, upright.
        size_bytes: of the file.
        rgb: (h, w, 3) uint8, reduced by area averaging.
        pixel_hash: equal for equal decoded pixels (see PixelHash); for comparison at one ``longer_side_px``.
    """

    width_px: int
    height_px: int
    size_bytes: int
    rgb: np.ndarray
    pixel_hash: str


def decode(data: bytes, *, longer_side_px: int = REDUCED_PX) -> Decoded:
    """Decode an image once, for everything.

    JPEG is decoded at the smallest DCT scale whose longer side is still at least ``longer_side_px``; then
    every format is reduced to it by area averaging, and never enlarged. Of several frames, the first.

    Args:
        data: content of the file; its name plays no part.
        longer_side_px: upper limit of the longer side of ``rgb``.

    Raises:
        DecodeProblem: whatever is wrong with the image.
    """
    return _decode_plain_jpeg(data, longer_side_px) or _decode_by_pillow(data, longer_side_px)


def _decode_plain_jpeg(data: bytes, longer_side_px: int) -> Decoded | None:
    size = plain_jpeg_size(data)
    if size is None:
        return None
    check_size(size)
    with _memory_for(size):
        scaled_rgb = scaled_jpeg(data, size, longer_side_px)
    return None if scaled_rgb is None else _reduced(data, size, len(scaled_rgb), (scaled_rgb,), longer_side_px)


def _decode_by_pillow(data: bytes, longer_side_px: int) -> Decoded:
    with _quiet_pillow:
        image = open_image(data)
        try:
            with _memory_for(image.size):
                return _decode_opened(data, image, longer_side_px)
        except DecodeProblem:
            raise
        except Exception as error:  # decoders raise anything on a hostile file
            raise DecodeProblem("unreadable_image", f"{image.format}: {reason_of(error)}") from error


def _memory_for(size: tuple[int, int]) -> AbstractContextManager[object]:
    """One large image at a time, so that memory is bounded by it, whatever the number of threads."""
    return _one_large_image if size[0] * size[1] > _LARGE_PIXELS else nullcontext()


def one_large_image() -> AbstractContextManager[object]:
    """What is held while a large image is decoded."""
    return _one_large_image


def share_one_large_image(lock: AbstractContextManager[object]) -> None:
    """Hold this while a large image is decoded, so that it is the only one among several processes."""
    global _one_large_image
    _one_large_image = lock


def _decode_opened(data: bytes, image: Image.Image, longer_side_px: int) -> Decoded:
    size = image.size
    scaled_rgb = None
    if image.format in ("JPEG", "MPO"):
        scaled_rgb = scaled_jpeg(data, size, longer_side_px)
    if scaled_rgb is None:
        draft_jpeg(image, longer_side_px)
        image.load()
    orientation = _orientation(image)
    row_count, strips = _upright_strips(image, scaled_rgb, orientation)
    return _reduced(data, size if orientation < 5 else size[::-1], row_count, strips, longer_side_px)


def _reduced(
    data: bytes, size: tuple[int, int], row_count: int, strips: Iterable[np.ndarray], longer_side_px: int
) -> Decoded:
    pixel_hash = PixelHash(*size)
    decoded_in_full = row_count == size[1]
    if decoded_in_full:
        strips = _hashed(strips, pixel_hash)
    rgb = area_average(strips, row_count, reduced_size(*size, longer_side_px))
    if not decoded_in_full:
        pixel_hash.add(rgb)
    return Decoded(*size, len(data), rgb, pixel_hash.hexdigest())


def _orientation(image: Image.Image) -> int:
    """How the image must be turned; 1 as it is. Pillow has by itself turned a TIFF that is loaded."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # a broken EXIF block does not make the picture unreadable
        return 1
    return orientation if orientation in _TO_UPRIGHT else 1


def _upright_strips(
    image: Image.Image, scaled_rgb: np.ndarray | None, orientation: int
) -> tuple[int, Iterable[np.ndarray]]:
    """Number of rows, and the image in strips of them."""
    icc_profile = image.info.get("icc_profile")
    if scaled_rgb is not None:
        if orientation == 1 and not (icc_profile and foreign_profile(icc_profile)):
            return len(scaled_rgb), (scaled_rgb,)
        image = Image.fromarray(scaled_rgb).convert(image.mode)
    upright = image.transpose(_TO_UPRIGHT[orientation]) if orientation > 1 else image
    return upright.height, srgb_strips(upright, icc_profile)


def _hashed(strips: Iterable[np.ndarray], pixel_hash: PixelHash) -> Iterator[np.ndarray]:
    for strip in strips:
        pixel_hash.add(strip)
        yield strip
