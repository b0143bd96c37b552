"""Every kind of file becomes the image that a person would see."""

import warnings
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from misnomer.features.decode import decode
from misnomer.features.problem import DecodeProblem
from tests.unit.features.encoding import encoded, flat, noise, soft

LOSSLESS = {
    "PNG": {},
    "BMP": {},
    "TIFF": {},
    "PPM": {},
    "WEBP": {"lossless": True},
}
UPRIGHT_TO_STORED = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.transpose(1, 0, 2),
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: np.rot90(upright, 2).transpose(1, 0, 2),
    8: lambda upright: np.rot90(upright, -1),
}


def exif_with_orientation(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("format_name", LOSSLESS)
def test_a_small_image_keeps_its_pixels_in_every_lossless_format(format_name):
    pixels = noise(60, 80)
    image = decode(encoded(pixels, format_name, **LOSSLESS[format_name]))
    assert np.array_equal(image.rgb, pixels)
    assert (image.width_px, image.height_px) == (80, 60)


def test_equal_pixels_have_one_hash_whatever_the_format():
    pixels = noise(60, 80)
    hashes = {decode(encoded(pixels, name, **options)).pixel_hash for name, options in LOSSLESS.items()}
    assert len(hashes) == 1


def test_a_jpeg_decoded_in_full_has_the_hash_of_its_lossless_copy():
    jpeg = encoded(noise(300, 400), "JPEG")
    copy = encoded(Image.open(BytesIO(jpeg)), "PNG")
    assert decode(jpeg).pixel_hash == decode(copy).pixel_hash


def test_a_reduced_jpeg_is_told_from_another_size_and_another_picture():
    pictures = (soft(600, 800), soft(600, 801), soft(600, 800)[:, ::-1])
    hashes = [decode(encoded(np.ascontiguousarray(pixels), "JPEG")).pixel_hash for pixels in pictures]
    assert len(set(hashes)) == 3


def test_one_different_pixel_gives_another_hash():
    pixels = noise(60, 80)
    changed = pixels.copy()
    changed[59, 79, 2] ^= 1
    assert decode(encoded(pixels, "PNG")).pixel_hash != decode(encoded(changed, "PNG")).pixel_hash


@pytest.mark.parametrize("format_name", ["JPEG", "GIF", "WEBP", "AVIF", "JPEG2000"])
def test_lossy_formats_come_close(format_name):
    pixels = soft(60, 80)
    image = decode(encoded(pixels, format_name))
    assert np.abs(image.rgb.astype(int) - pixels).mean() < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_is_shown_upright(orientation):
    upright = soft(300, 400)
    stored = np.ascontiguousarray(UPRIGHT_TO_STORED[orientation](upright))
    data = encoded(stored, "JPEG", quality=95, exif=exif_with_orientation(orientation))
    image = decode(data)
    assert (image.width_px, image.height_px) == (400, 300)
    expected = decode(encoded(upright, "PNG")).rgb
    assert np.abs(image.rgb.astype(int) - expected).max() < 12


@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_other_formats_are_shown_upright(format_name, orientation):
    upright = soft(60, 80)
    stored = np.ascontiguousarray(UPRIGHT_TO_STORED[orientation](upright))
    options = LOSSLESS.get(format_name, {"quality": 95})
    image = decode(encoded(stored, format_name, exif=exif_with_orientation(orientation), **options))
    assert (image.width_px, image.height_px) == (80, 60)
    assert np.abs(image.rgb.astype(int) - upright).max() < 12


def test_broken_exif_is_no_problem():
    image = decode(encoded(soft(30, 40), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff broken"))
    assert (image.width_px, image.height_px) == (40, 30)


@pytest.mark.parametrize(
    ("size", "reduced"),
    [
        ((1000, 600), (256, 154)),
        ((600, 1000), (154, 256)),
        ((257, 10), (256, 10)),
        ((256, 256), (256, 256)),
        ((1, 1), (1, 1)),
        ((1, 1000), (1, 256)),
        ((20000, 2), (256, 1)),
    ],
)
@pytest.mark.parametrize("format_name", ["PNG", "JPEG"])
def test_the_longer_side_is_reduced_to_256_and_nothing_is_enlarged(size, reduced, format_name):
    image = decode(encoded(Image.new("RGB", size, (10, 200, 30)), format_name))
    assert (image.width_px, image.height_px) == size
    assert image.rgb.shape == (reduced[1], reduced[0], 3)
    assert np.abs(image.rgb.astype(int) - (10, 200, 30)).max() <= 2


def test_progressive_and_baseline_jpeg_are_equal():
    pixels = soft(300, 500)
    baseline, progressive = (decode(encoded(pixels, "JPEG", progressive=flag)) for flag in (False, True))
    assert np.array_equal(baseline.rgb, progressive.rgb)
    assert baseline.pixel_hash == progressive.pixel_hash


def test_a_reduced_jpeg_is_close_to_the_fully_decoded_one():
    pixels = soft(1200, 1600)
    assert np.abs(decode(encoded(pixels, "JPEG")).rgb.astype(int) - decode(encoded(pixels, "PNG")).rgb).max() < 6


def test_grey_jpeg():
    grey = soft(300, 400)[..., 0]
    image = decode(encoded(grey, "JPEG"))
    assert np.ptp(image.rgb.astype(int), axis=-1).max() == 0
    assert np.abs(image.rgb - decode(encoded(grey, "PNG")).rgb.astype(int)).max() < 4


@pytest.mark.parametrize("size", [(30, 40), (900, 1200)])
def test_cmyk_jpeg_has_the_colours_that_pillow_wrote(size):
    red = Image.new("RGB", size, (230, 20, 40)).convert("CMYK")
    assert np.abs(decode(encoded(red, "JPEG")).rgb.astype(int) - (230, 20, 40)).max() <= 4


def test_alpha_is_shown_on_white():
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[:2] = (200, 0, 0, 255)
    pixels[2] = (200, 0, 0, 51)
    image = decode(encoded(pixels, "PNG"))
    assert image.rgb[0, 0].tolist() == [200, 0, 0]
    assert image.rgb[2, 0].tolist() == [244, 204, 204]
    assert image.rgb[3, 0].tolist() == [255, 255, 255]


def test_palette_with_a_transparent_colour_is_shown_on_white():
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 0, 0, 255])
    image.putpixel((0, 0), 0)
    decoded = decode(encoded(image, "PNG", transparency=0))
    assert decoded.rgb[0, 0].tolist() == [255, 255, 255]
    assert decoded.rgb[1, 1].tolist() == [0, 0, 255]


@pytest.mark.parametrize("mode", ["L", "LA", "1", "P"])
def test_modes_without_colour_are_grey(mode):
    image = Image.new("L", (6, 5), 255).convert(mode)
    assert (decode(encoded(image, "PNG")).rgb == 255).all()


@pytest.mark.parametrize("format_name", ["PNG", "TIFF"])
def test_16_bit_grey_is_scaled_and_not_cut_off(format_name):
    grey = np.array([[0, 257 * 100, 257 * 200, 65535]], np.uint16)
    assert decode(encoded(grey, format_name)).rgb[0, :, 0].tolist() == [0, 100, 200, 255]


def test_16_bit_colour_png_is_scaled():
    import cv2

    bgr = np.array([[[65535, 257 * 7, 0]]], np.uint16)
    data = cv2.imencode(".png", bgr)[1].tobytes()
    assert decode(data).rgb.tolist() == [[[0, 7, 255]]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 100.0, 255.0], [0, 100, 255]),
        ([-1.0, 0.0, 1.0], [0, 128, 255]),
        ([np.nan, 0.0, 1.0], [0, 0, 255]),
    ],
)
def test_float_tiff_is_stretched_where_no_range_is_given(values, expected):
    assert decode(encoded(np.array([values], np.float32), "TIFF")).rgb[0, :, 0].tolist() == expected


def test_the_first_of_several_frames_counts():
    frames = [Image.new("RGB", (5, 4), colour) for colour in ("red", "lime", "blue")]
    for format_name in ("GIF", "TIFF", "WEBP", "PNG"):
        data = encoded(frames[0], format_name, save_all=True, append_images=frames[1:])
        assert decode(data).rgb[2, 2, 0] > 250
        assert decode(data).rgb[2, 2, 1] < 5


def test_a_large_image_in_strips_is_the_same_as_in_one_piece(monkeypatch):
    data = encoded(noise(700, 500), "PNG")
    whole = decode(data)
    monkeypatch.setattr("misnomer.features.colour._STRIP_PIXELS", 500 * 33)
    in_strips = decode(data)
    assert np.abs(whole.rgb.astype(int) - in_strips.rgb).max() <= 1
    assert (whole.rgb != in_strips.rgb).mean() < 1e-3  # float32 sums in another order, at a rounding edge
    assert whole.pixel_hash == in_strips.pixel_hash


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "PPM", "AVIF", "JPEG2000"])
@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_truncated_file_is_unreadable(format_name, kept):
    data = encoded(noise(60, 80), format_name)
    with pytest.raises(DecodeProblem) as problem:
        decode(data[: int(len(data) * kept)])
    assert problem.value.kind == "unreadable_image"
    assert problem.value.reason


def test_a_jpeg_cut_short_and_closed_again_is_unreadable():
    data = encoded(noise(60, 80), "JPEG")
    with pytest.raises(DecodeProblem, match="corrupt"):
        decode(data[: len(data) // 2] + b"\xff\xd9")


def test_a_jpeg_with_harmless_extra_bytes_is_read():
    data = encoded(soft(60, 80), "JPEG")
    stuffed = data[:-2] + b"\0" * 13 + data[-2:]
    assert np.array_equal(decode(stuffed).rgb, decode(data).rgb)
    assert np.array_equal(decode(data + b"trailing").rgb, decode(data).rgb)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty_image"),
        (b"just some text", "not_an_image"),
        (b"BMW makes cars, this is text", "not_an_image"),
        (b"%PDF-1.7", "not_an_image"),
        (b"\0" * 100, "not_an_image"),
        (b"\xff\xd8\xff\xe0broken", "unreadable_image"),
        (b"P5 99999 99999 255\n", "unreadable_image"),
    ],
)
def test_what_is_no_image_says_so(data, kind):
    with pytest.raises(DecodeProblem) as problem:
        decode(data)
    assert problem.value.kind == kind


def test_an_image_above_the_limit_is_refused_before_decoding(monkeypatch):
    monkeypatch.setenv("MISNOMER_MAX_IMAGE_PIXELS", "1000")
    decode(encoded(flat((1, 2, 3), 25, 40), "PNG"))
    with pytest.raises(DecodeProblem, match=r"40 × 26 pixels, more than the 1,000"):
        decode(encoded(flat((1, 2, 3), 26, 40), "PNG"))


@pytest.mark.parametrize("format_name", ["TIFF", "WEBP", "GIF", "PNG"])
def test_pillows_own_limit_plays_no_part(format_name, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert decode(encoded(noise(60, 80), format_name)).width_px == 80
    assert Image.MAX_IMAGE_PIXELS == 100


def test_a_very_large_jpeg_is_read_at_an_eighth():
    data = encoded(Image.new("L", (12000, 12000), 90), "JPEG")
    image = decode(data)
    assert image.width_px == 12000
    assert image.rgb.shape == (256, 256, 3)


@pytest.mark.parametrize("seed", range(200))
def test_flipped_bytes_give_an_image_or_a_problem_and_no_warning(seed):
    random = np.random.default_rng(seed)
    formats = ["JPEG", "PNG", "GIF", "WEBP", "BMP", "PPM", "AVIF"]
    data = bytearray(encoded(noise(20, 30), formats[seed % len(formats)]))
    for position in random.integers(0, len(data), 6):
        data[position] = random.integers(0, 256)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            assert decode(bytes(data)).rgb.dtype == np.uint8
        except DecodeProblem as problem:
            assert problem.reason
