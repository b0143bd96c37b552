"""Hashes of images decoded in full: equal exactly where the decoded pixels are, whatever the format."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from misnomer.features.decode import decode
from misnomer.features.files import image_location, read_image_file
from misnomer.features.problem import DecodeProblem

_CHUNK_IMAGES = 256
_ANY_SIZE = 1 << 30


def full_pixel_hash(data: bytes) -> str:
    """Hash of all of an image's pixels: upright, on white, 8-bit sRGB (see ``hashes.PixelHash``).

    Raises:
        DecodeProblem: the image cannot be read.
    """
    return decode(data, longer_side_px=_ANY_SIZE).pixel_hash


def full_pixel_hashes(paths: Sequence[str], root: str = "", *, workers: int) -> Iterator[list[str | None]]:
    """Hashes of many images, in chunks of at most 256, in order; None for one that cannot be read (any more).

    Args:
        paths: relative to ``root``, absolute, or URLs.
        workers: threads.
    """

    def hash_of(path: str) -> str | None:
        try:
            return full_pixel_hash(read_image_file(image_location(root, path)))
        except DecodeProblem:
            return None

    with ThreadPoolExecutor(workers, thread_name_prefix="misnomer-hash") as executor:
        for start in range(0, len(paths), _CHUNK_IMAGES):
            yield list(executor.map(hash_of, paths[start : start + _CHUNK_IMAGES]))
