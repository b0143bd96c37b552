"""Thumbnails are small, upright and never enlarged."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from misnomer.features.problem import DecodeProblem
from misnomer.features.thumbnails import thumbnail
from tests.unit.features.encoding import encoded, soft


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("size", "limit", "expected"), [((1200, 900), 128, (128, 96)), ((50, 80), 128, (50, 80)), ((900, 4), 300, (300, 1))]
)
def test_the_longer_side_is_limited(size, limit, expected):
    small = opened(thumbnail(encoded(Image.new("RGB", size, "teal"), "PNG"), limit))
    assert (small.format, small.size) == ("WEBP", expected)


def test_it_is_upright_and_looks_like_the_original():
    upright = soft(300, 400)
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = encoded(np.ascontiguousarray(np.rot90(upright)), "JPEG", exif=exif, quality=95)
    small = np.asarray(opened(thumbnail(stored, 400)).convert("RGB"))
    assert small.shape == upright.shape
    assert np.abs(small.astype(int) - upright).mean() < 5


def test_a_broken_image_has_none():
    with pytest.raises(DecodeProblem):
        thumbnail(b"nothing", 64)
