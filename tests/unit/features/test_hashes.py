"""Pictures that look the same have similar perceptual hashes."""

import cv2
import numpy as np
from PIL import Image
from scipy.fft import dctn

from misnomer.features.decode import decode
from misnomer.features.hashes import perceptual_hashes
from misnomer.features.pixels import Pixels
from tests.unit.features.encoding import encoded, flat, noise


def picture(seed: int = 0) -> Image.Image:
    """A picture of smooth random blobs."""
    coarse = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC)


def hash_of(data: bytes) -> int:
    return perceptual_hashes(Pixels(decode(data).rgb).luma)[0]


def distance(first: int, second: int) -> int:
    return (first ^ second).bit_count()


def test_a_smaller_worse_and_brighter_copy_is_within_4_bits():
    original = hash_of(encoded(picture(), "PNG"))
    assert distance(original, hash_of(encoded(picture().resize((320, 240)), "JPEG", quality=40))) <= 4
    assert distance(original, hash_of(encoded(picture().point(lambda value: value * 0.9), "WEBP"))) <= 4


def test_different_pictures_are_far_apart():
    hashes = [hash_of(encoded(picture(seed), "PNG")) for seed in range(8)]
    pairs = [distance(first, second) for index, first in enumerate(hashes) for second in hashes[:index]]
    assert min(pairs) > 10


def test_bits_follow_the_definition():
    luma = np.random.default_rng(1).random((96, 128), dtype=np.float32)
    small = cv2.resize(luma, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float64)
    low = dctn(small, norm="ortho")[:8, :8].ravel()
    expected = "".join(str(int(value > np.median(low[1:]))) for value in low)
    assert f"{perceptual_hashes(luma)[0]:064b}" == expected


def test_all_flat_pictures_have_one_hash_and_black_another():
    assert {perceptual_hashes(Pixels(flat(colour)).luma) for colour in [(9, 9, 9), (255, 0, 80)]} == {
        (1 << 63, 1 << 63)
    }
    assert perceptual_hashes(Pixels(flat((0, 0, 0))).luma) == (0, 0)


def test_tiny_pictures_have_a_hash():
    for pixels in (noise(1, 1), noise(1, 256)):
        assert all(0 <= found < 1 << 64 for found in perceptual_hashes(Pixels(pixels).luma))


def test_the_mirrored_hash_is_the_hash_of_the_mirrored_picture():
    for seed in range(20):
        luma = np.random.default_rng(seed).random((96, 128), dtype=np.float32)
        as_it_is, mirrored = perceptual_hashes(luma)
        assert perceptual_hashes(np.ascontiguousarray(luma[:, ::-1])) == (mirrored, as_it_is)


def test_a_symmetric_picture_is_its_own_mirror_within_4_bits():
    half = np.asarray(picture().convert("L"), np.float32) / 255
    as_it_is, mirrored = perceptual_hashes(np.hstack([half, half[:, ::-1]]))
    assert distance(as_it_is, mirrored) <= 4
