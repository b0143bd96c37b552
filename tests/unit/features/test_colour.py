"""Colour profiles other than sRGB are honoured."""

import struct

import numpy as np
from PIL import Image, ImageCms

from misnomer.features.colour import foreign_profile
from misnomer.features.decode import decode
from tests.unit.features.encoding import encoded, flat

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_swapped_primaries(profile: bytes) -> bytes:
    """sRGB whose red and green primaries have changed places."""
    return profile.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")


def test_srgb_is_not_foreign():
    assert foreign_profile(SRGB) is None


def test_a_broken_profile_counts_as_srgb():
    assert foreign_profile(b"not a profile") is None
    assert foreign_profile(SRGB[:200]) is None


def test_a_foreign_profile_is_converted_in_every_format():
    profile = with_swapped_primaries(SRGB)
    for format_name in ("JPEG", "PNG", "WEBP", "TIFF"):
        red, green, blue = decode(encoded(flat((250, 10, 10)), format_name, icc_profile=profile)).rgb[10, 10]
        assert green > 200 > red, format_name
        assert blue < 60


def test_alpha_stays_beside_a_foreign_profile():
    pixels = np.full((4, 4, 4), (250, 10, 10, 0), np.uint8)
    data = encoded(pixels, "PNG", icc_profile=with_swapped_primaries(SRGB))
    assert (decode(data).rgb == 255).all()


def test_a_profile_for_another_colour_space_is_not_applied_to_cmyk():
    ink = Image.new("CMYK", (4, 4), (0, 255, 255, 0))
    assert decode(encoded(ink, "JPEG", icc_profile=with_swapped_primaries(SRGB))).rgb[0, 0, 0] > 240


def test_grey_with_a_grey_profile_of_another_gamma():
    linear = grey_profile(gamma=1.0)
    grey = decode(encoded(np.full((8, 8), 55, np.uint8), "PNG", icc_profile=linear)).rgb
    assert abs(int(grey[0, 0, 0]) - 128) <= 3  # 55/255 of the light is sRGB 128
    assert np.ptp(grey) == 0


def grey_profile(gamma: float) -> bytes:
    """The smallest grey ICC profile: white point, description, copyright and one gamma curve."""

    def text(words: str) -> bytes:
        encoded_words = words.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded_words), 28) + encoded_words

    white = b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    tags = {b"desc": text("grey"), b"cprt": text("none"), b"wtpt": white, b"kTRC": curve}
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for signature, content in tags.items():
        content += b"\0" * (-len(content) % 4)
        table += signature + struct.pack(">II", offset + len(body), len(content))
        body += content
    header = struct.pack(">I4sI4s4s4s", 0, b"\0" * 4, 0x02400000, b"mntr", b"GRAY", b"XYZ ")
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + white[8:20] + b"\0" * 48
    profile = header + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(profile)) + profile[4:]
