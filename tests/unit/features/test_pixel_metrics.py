"""What the pixel metrics say about images whose answer is known."""

import math

import numpy as np
import pytest

from misnomer.features.pixel_metrics import pixel_metric
from misnomer.features.pixels import Pixels
from tests.unit.features.encoding import flat, noise


def measured(rgb: np.ndarray) -> dict[str, float]:
    pixels = Pixels(rgb)
    return {definition.metric.key: definition.measure(pixels) for definition in pixel_metric}


@pytest.mark.parametrize(
    ("colour", "key"),
    [((255, 0, 0), "red_values"), ((0, 255, 0), "green_values"), ((0, 0, 255), "blue_values")],
)
def test_a_pure_colour_has_all_of_its_values_and_none_of_the_others(colour, key):
    values = measured(flat(colour))
    shares = {name: values[name] for name in ("red_values", "green_values", "blue_values")}
    assert shares == {name: float(name == key) for name in shares}


def test_cyan_has_no_red():
    assert measured(flat((0, 255, 255)))["red_values"] == 0


def test_dark_and_pale_colours_do_not_count():
    assert measured(flat((39, 0, 0)))["red_values"] == 0  # V < 40
    assert measured(flat((40, 0, 0)))["red_values"] == 1
    assert measured(flat((255, 206, 206)))["red_values"] == 0  # S = 49
    assert measured(flat((255, 205, 205)))["red_values"] == 1  # S = 50


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (17, 203, 99), (254, 255, 253)])
@pytest.mark.parametrize("shape", [(1, 1), (1, 256), (7, 93), (256, 192)])
def test_an_image_of_one_colour_has_no_contrast_sharpness_or_entropy(colour, shape):
    values = measured(flat(colour, *shape))
    red, green, blue = colour
    assert values["brightness"] == pytest.approx((299 * red + 587 * green + 114 * blue) / 255000, abs=1e-12)
    assert values["contrast"] == pytest.approx(0, abs=1e-7)
    assert values["sharpness"] == pytest.approx(0, abs=1e-12)
    assert values["entropy"] == 0


def test_white_and_black():
    white, black = measured(flat((255, 255, 255))), measured(flat((0, 0, 0)))
    assert (white["brightness"], white["light_clipping"], white["dark_clipping"]) == (1, 1, 0)
    assert (black["brightness"], black["light_clipping"], black["dark_clipping"]) == (0, 0, 1)
    assert white["saturation"] == black["saturation"] == white["colourfulness"] == 0


@pytest.mark.parametrize(("grey", "dark", "light"), [(2, 1, 0), (3, 0, 0), (252, 0, 0), (253, 0, 1)])
def test_clipping_includes_its_limits(grey, dark, light):
    values = measured(flat((grey, grey, grey)))
    assert (values["dark_clipping"], values["light_clipping"]) == (dark, light)


def test_half_black_half_white():
    rgb = flat((0, 0, 0), 20, 20)
    rgb[:, 10:] = 255
    values = measured(rgb)
    assert (values["brightness"], values["contrast"], values["entropy"]) == (0.5, 0.5, 1)


def test_all_tones_equally_often_have_8_bits():
    rgb = np.arange(256, dtype=np.uint8).repeat(3).reshape(16, 16, 3)
    assert measured(rgb)["entropy"] == 8


def test_every_value_is_within_the_range_that_its_metric_states():
    images = [noise(40, 50), noise(1, 1), flat((255, 0, 0)), flat((255, 255, 255), 1, 256)]
    for definition in pixel_metric:
        for value in (definition.measure(Pixels(rgb)) for rgb in images):
            metric = definition.metric
            assert math.isfinite(value)
            assert metric.low is None or value >= metric.low, metric.key
            assert metric.high is None or value <= metric.high, metric.key
