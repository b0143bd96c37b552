"""Reducing is averaging by area."""

import cv2
import numpy as np
import pytest

from misnomer.features.reduction import area_average, reduced_size
from tests.unit.features.encoding import noise


def average_by_repeating(rgb: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Area average by enlarging to a common multiple first: slow and plain."""
    width, height = size
    large = rgb.repeat(height, axis=0).repeat(width, axis=1).astype(np.float64)
    return large.reshape(height, rgb.shape[0], width, rgb.shape[1], 3).mean(axis=(1, 3))


@pytest.mark.parametrize("size", [(20, 15), (16, 12), (7, 5), (1, 1), (20, 3), (1, 15)])
def test_each_pixel_is_the_mean_of_the_area_it_covers(size):
    rgb = noise(15, 20)
    assert np.abs(area_average([rgb], 15, size) - average_by_repeating(rgb, size)).max() <= 0.5001


@pytest.mark.parametrize("shape", [(240, 320), (270, 480), (383, 511), (1000, 257)])
def test_equal_to_opencv(shape):
    rgb = noise(*shape)
    size = reduced_size(shape[1], shape[0], 256)
    opencv = cv2.resize(rgb.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    assert np.abs(area_average([rgb], shape[0], size) - opencv).max() <= 0.501


def test_strips_of_any_height_give_the_same():
    rgb = noise(101, 60)
    whole = area_average([rgb], 101, (13, 21)).astype(int)
    in_strips = area_average(iter([rgb[:7], rgb[7:8], rgb[8:90], rgb[90:]]), 101, (13, 21))
    assert np.abs(whole - in_strips).max() <= 1


def test_an_image_of_the_right_size_is_left_alone():
    rgb = noise(5, 4)
    assert area_average([rgb], 5, (4, 5)) is rgb
