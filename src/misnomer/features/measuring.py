"""Measuring images, and what that needs of the process that does it."""

from collections.abc import Callable, Sequence

import numpy as np
from PIL import _imaging

from misnomer.features.decode import Decoded, decode
from misnomer.features.files import read_image_file
from misnomer.features.hashes import perceptual_hashes
from misnomer.features.header import header_metric
from misnomer.features.pixel_metrics import pixel_metric
from misnomer.features.pixels import Pixels
from misnomer.features.problem import DecodeProblem
from misnomer.features.user_metrics import user_metrics

Measured = tuple[object, ...]

_PILLOW_BLOCK_BYTES = 64 << 20  # what glibc always gives back: in 16-MB blocks, 1.6 GB stayed after a 20,000 × 20,000


def prepare_memory() -> None:
    """Have glibc keep what an image's arrays occupied for the next image's; a sixth of the time otherwise.

    It gives memory back above twice the size of the largest block that was freed to the system, at most 64 MB.
    """
    np.empty(31 << 20, np.uint8)
    _imaging.set_block_size(_PILLOW_BLOCK_BYTES)


def measure_images(locations: Sequence[str], *, is_stopped: Callable[[], bool] = lambda: False) -> list[Measured]:
    """The metrics, pixel hash and perceptual hashes of each image, then its problem and the problem's detail.

    One step for all, then the next: decoding fills the processor's caches, and a step's own code and tables are in
    them from the second image on. Hence few locations at a time, since their reduced images are all in memory.

    Args:
        locations: paths or URLs.
        is_stopped: asked before each image; once true, the rest is left out.
    """
    images = [_decoded(location) for location in locations if not is_stopped()]
    readable = [image for image in images if isinstance(image, Decoded)]
    pixels = [Pixels(image.rgb) for image in readable]
    values = [[definition.measure(one) for definition in (*pixel_metric, *user_metrics())] for one in pixels]
    hashes = [perceptual_hashes(one.luma) for one in pixels]
    measured = zip(readable, values, hashes, strict=True)
    return [not_measured(one) if isinstance(one, DecodeProblem) else _row(*next(measured)) for one in images]


def _decoded(location: str) -> Decoded | DecodeProblem:
    try:
        return decode(read_image_file(location))
    except DecodeProblem as problem:
        return problem.with_traceback(None)  # whose frames hold the file


def _row(image: Decoded, values: list[float], hash_bits: tuple[int, int]) -> Measured:
    header = (definition.measure(image) for definition in header_metric)
    return (*header, *values, image.pixel_hash, *hash_bits, None, None)


def not_measured(problem: DecodeProblem) -> Measured:
    """What stands in the place of an image's metrics and hashes when there are none."""
    metric_count = sum(1 for _ in (*header_metric, *pixel_metric, *user_metrics()))
    reason = problem.reason.encode("utf-8", "replace").decode()  # a file's name need not be Unicode
    return (*(None,) * (metric_count + 3), problem.kind, reason)
