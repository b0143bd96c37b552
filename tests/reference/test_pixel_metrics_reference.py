"""Every header and pixel metric equals its formula in NUMBERS, written again in plain NumPy, SciPy and colorsys."""

import colorsys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage, stats

from misnomer.features.pixel_metrics import pixel_metric
from misnomer.features.pixels import Pixels
from misnomer.features.scan import scan_images

RANDOM = np.random.default_rng(7)
NOISE = RANDOM.integers(0, 256, (24, 31, 3), dtype=np.uint8)
SOFT = np.asarray(Image.fromarray(NOISE[:5, :6]).resize((48, 36), Image.Resampling.BICUBIC))
DARK = (NOISE * 0.02).astype(np.uint8)
LIGHT = (255 - NOISE * 0.02).astype(np.uint8)
GREY = NOISE[..., :1].repeat(3, axis=2)
IMAGES = {
    "noise": NOISE,
    "soft": SOFT,
    "dark": DARK,
    "light": LIGHT,
    "grey": GREY,
    "one pixel": NOISE[:1, :1],
    "one row": NOISE[:1],
    "one column": NOISE[:, :1],
}


def luma(rgb: np.ndarray) -> np.ndarray:
    """(h, w) float64 in [0, 1]."""
    return rgb.astype(np.float64) @ [0.299, 0.587, 0.114] / 255


def hsv(rgb: np.ndarray) -> np.ndarray:
    """(n, 3) float64: H 0–180, S and V 0–255, unrounded."""
    rows = [colorsys.rgb_to_hsv(*(pixel / 255)) for pixel in rgb.reshape(-1, 3).astype(np.float64)]
    return np.array(rows) * (180, 255, 255)


def share(rgb: np.ndarray, *hue_ranges: tuple[int, int]) -> float:
    hue, saturation, value = np.rint(hsv(rgb)).T
    hue = hue % 180
    in_hue = np.any([(hue >= low) & (hue <= high) for low, high in hue_ranges], axis=0)
    return float((in_hue & (saturation >= 50) & (value >= 40)).mean())


def colourfulness(rgb: np.ndarray) -> float:
    red, green, blue = rgb.reshape(-1, 3).astype(np.float64).T
    first, second = red - green, (red + green) / 2 - blue
    return float(np.sqrt(first.var() + second.var()) + 0.3 * np.sqrt(first.mean() ** 2 + second.mean() ** 2))


def tone_entropy(rgb: np.ndarray) -> float:
    counts = np.bincount(np.rint(luma(rgb) * 255).astype(int).ravel(), minlength=256)
    return float(stats.entropy(counts, base=2))


# Reference and tolerance: HSV is OpenCV's 8-bit one, so a pixel may fall on the other side of a box's edge.
REFERENCES = {
    "brightness": (lambda rgb: luma(rgb).mean(), 1e-9),
    "contrast": (lambda rgb: luma(rgb).std(), 1e-7),
    "sharpness": (lambda rgb: ndimage.laplace(luma(rgb), mode="mirror").var(), 1e-6),
    "red_values": (lambda rgb: share(rgb, (0, 10), (170, 179)), 0.005),
    "green_values": (lambda rgb: share(rgb, (35, 75)), 0.005),
    "blue_values": (lambda rgb: share(rgb, (90, 130)), 0.005),
    "saturation": (lambda rgb: hsv(rgb)[:, 1].mean() / 255, 0.002),
    "colourfulness": (colourfulness, 1e-6),
    "dark_clipping": (lambda rgb: (luma(rgb) <= 2.0000001 / 255).mean(), 1e-12),
    "light_clipping": (lambda rgb: (luma(rgb) >= 252.9999999 / 255).mean(), 1e-12),
    "entropy": (tone_entropy, 0.01),
}


def test_every_pixel_metric_has_a_reference():
    assert set(REFERENCES) == {definition.metric.key for definition in pixel_metric}


@pytest.mark.parametrize("name", IMAGES)
@pytest.mark.parametrize("definition", list(pixel_metric), ids=lambda definition: definition.metric.key)
def test_pixel_metric_equals_its_formula(definition, name):
    reference, tolerance = REFERENCES[definition.metric.key]
    assert definition.measure(Pixels(IMAGES[name])) == pytest.approx(float(reference(IMAGES[name])), abs=tolerance)


@pytest.mark.parametrize(
    ("format_name", "options"),
    [("PNG", {}), ("BMP", {}), ("TIFF", {}), ("WEBP", {"lossless": True, "exact": True}), ("PPM", {})],
)
def test_a_scan_equals_the_formulas_in_every_lossless_format(tmp_path, format_name, options):
    for name, rgb in IMAGES.items():
        Image.fromarray(rgb).save(tmp_path / name, format_name, **options)
    rows = next(scan_images(list(IMAGES), str(tmp_path))).to_pylist()
    for row, (name, rgb) in zip(rows, IMAGES.items(), strict=True):
        height, width, _ = rgb.shape
        assert (row["width"], row["height"], row["area"]) == (width, height, width * height)
        assert row["aspect_ratio"] == width / height
        assert row["file_size"] == (tmp_path / name).stat().st_size
        for key, (reference, tolerance) in REFERENCES.items():
            assert row[key] == pytest.approx(float(reference(rgb)), abs=tolerance), (name, key)


def test_a_large_photo_is_measured_like_its_area_average(tmp_path):
    coarse = Image.fromarray(RANDOM.integers(0, 256, (40, 60, 3), dtype=np.uint8))
    photo = coarse.resize((1536, 1024), Image.Resampling.BICUBIC)
    file = BytesIO()
    photo.save(file, "JPEG", quality=95, subsampling=0)
    (tmp_path / "photo.jpg").write_bytes(file.getvalue())
    photo.save(tmp_path / "photo.png")
    reduced = np.asarray(photo, np.float64)[:1020, :1536].reshape(170, 6, 256, 6, 3).mean(axis=(1, 3))
    from_jpeg, from_png = next(scan_images(["photo.jpg", "photo.png"], str(tmp_path))).to_pylist()
    for key in ("brightness", "contrast", "red_values", "saturation", "entropy"):
        reference, _ = REFERENCES[key]
        expected = float(reference(np.rint(reduced).astype(np.uint8)))
        assert from_png[key] == pytest.approx(expected, rel=0.02), key
        assert from_jpeg[key] == pytest.approx(from_png[key], rel=0.02), key
    assert from_jpeg["sharpness"] == pytest.approx(from_png["sharpness"], rel=0.1)
