"""Whatever a file stores → 8-bit sRGB on white, in strips, so that a large image is never copied whole."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

_STRIP_PIXELS = 1 << 22
_SRGB = ImageCms.createProfile("sRGB")
_MODE_OF_SPACE = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}

Convert = Callable[[Image.Image], Image.Image]


def srgb_strips(image: Image.Image, icc_profile: bytes | None) -> Iterator[np.ndarray]:
    """Yield the image from top to bottom as (rows, width, 3) uint8, sRGB, transparency on white.

    Args:
        image: decoded, of any Pillow mode; 16-bit samples are cut to their upper 8 bits; 32-bit samples
            outside 0–255 are stretched from their range.
        icc_profile: the file's colour profile; None, or one that cannot be used, means sRGB.
    """
    to_eight_bits = _eight_bit_converter(image)
    profile = foreign_profile(icc_profile) if icc_profile else None
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        whole = bottom - top == image.height
        strip = image if whole else image.crop((0, top, image.width, bottom))
        yield np.asarray(_on_white(to_eight_bits(strip), profile))


def _on_white(strip: Image.Image, profile: tuple[str, ImageCms.ImageCmsTransform] | None) -> Image.Image:
    alpha = None
    if strip.has_transparency_data:
        strip = strip.convert("RGBA")
        alpha = strip.getchannel("A")
    colours = _to_srgb(strip, profile)
    if alpha is None:
        return colours
    canvas = Image.new("RGB", strip.size, "white")
    canvas.paste(colours, mask=alpha)
    return canvas


def _to_srgb(strip: Image.Image, profile: tuple[str, ImageCms.ImageCmsTransform] | None) -> Image.Image:
    if profile is None:
        return strip.convert("RGB")
    mode, transform = profile
    if "CMYK" in (mode, strip.mode) and mode != strip.mode:
        return strip.convert("RGB")
    return transform.apply(strip.convert(mode))


@lru_cache(maxsize=16)
def foreign_profile(icc_profile: bytes) -> tuple[str, ImageCms.ImageCmsTransform] | None:
    """Pillow mode to convert from, and the transform to sRGB; None if the profile is sRGB or unusable.

    A profile is sRGB if it moves no colour of a 6 × 6 × 6 cube by more than one step.
    """
    mode = _MODE_OF_SPACE.get(icc_profile[16:20])
    if mode is None:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc_profile))
        transform = ImageCms.buildTransform(profile, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None
    return None if mode != "CMYK" and _moves_no_colour(transform, mode) else (mode, transform)


def _moves_no_colour(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    steps = np.arange(0, 256, 51, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    probe = Image.fromarray(cube).convert(mode)
    moved = np.asarray(transform.apply(probe), np.int16) - np.asarray(probe.convert("RGB"), np.int16)
    return int(np.abs(moved).max()) <= 1


def _eight_bit_converter(image: Image.Image) -> Convert:
    if image.mode.startswith("I;16"):
        return lambda strip: Image.fromarray((_array(strip) >> 8).astype(np.uint8))
    if image.mode not in ("I", "F"):
        return lambda strip: strip
    low, high = _display_range(image)
    scale = 255.0 / (high - low)
    return lambda strip: Image.fromarray(
        np.clip(np.nan_to_num((_array(strip) - low) * scale), 0, 255).round().astype(np.uint8)
    )


def _array(strip: Image.Image) -> np.ndarray:
    return np.asarray(strip)


def _display_range(image: Image.Image) -> tuple[float, float]:
    """What is black and what is white in 32-bit samples, which no format says."""
    values = _array(image)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if low < 0:
        return low, max(high, low + 1)
    if image.mode == "F" and high <= 1:
        return 0.0, 1.0
    for white in (255.0, 65535.0):
        if high <= white:
            return 0.0, white
    return low, max(high, low + 1)
