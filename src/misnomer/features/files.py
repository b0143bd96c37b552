"""The bytes of an image, from a local path or a URL."""

import os
import stat
from pathlib import Path

from misnomer.features.problem import DecodeProblem, reason_of
from misnomer.settings import get_int

_BYTES_PER_PIXEL = 8  # 16-bit RGBA, uncompressed: no larger file can be within max_image_pixels


def image_location(root: str, path: str) -> str:
    """Where an image is: ``path`` itself if it is a URL or absolute, else below ``root``, itself a path or URL.

    >>> image_location("s3://bucket/val/", "cat/1.jpg"), image_location("/data", "cat/1.jpg")
    ('s3://bucket/val/cat/1.jpg', '/data/cat/1.jpg')
    """
    if is_url(path) or not root:
        return path
    return f"{root.rstrip('/')}/{path}" if is_url(root) else os.path.join(root, path)  # noqa: PTH118


def is_url(location: str) -> bool:
    """Whether fsspec must read it."""
    return "://" in location


def read_image_file(location: str) -> bytes:
    """Content of an image file.

    Raises:
        DecodeProblem: missing, not a file, too large for any image, or refused by the system or the server.
    """
    try:
        return _read_url(location) if is_url(location) else _read_local(location)
    except FileNotFoundError:
        raise DecodeProblem("missing_image", f"There is no file {location}.") from None
    except DecodeProblem:
        raise
    except Exception as error:  # fsspec's file systems raise their own
        raise DecodeProblem("unreadable_image", reason_of(error)) from error


def _read_local(location: str) -> bytes:
    path = Path(location)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
        raise DecodeProblem("not_an_image", f"{location} is not a regular file.")
    _check_size(status.st_size)
    return path.read_bytes()


def _read_url(location: str) -> bytes:
    import fsspec

    with fsspec.open(location, "rb") as file:
        _check_size(getattr(file, "size", None) or 0)
        content: bytes = file.read()
    return content


def _check_size(size_bytes: int) -> None:
    limit = get_int("max_image_pixels") * _BYTES_PER_PIXEL
    if size_bytes > limit:
        raise DecodeProblem("unreadable_image", f"{size_bytes:,} bytes; no image that is allowed is so large.")
