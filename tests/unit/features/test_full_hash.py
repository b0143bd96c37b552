from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from misnomer.features.decode import decode
from misnomer.features.full_hash import full_pixel_hash, full_pixel_hashes
from misnomer.features.problem import DecodeProblem


def photo(width: int = 900, height: int = 700) -> Image.Image:
    random = np.random.default_rng(0)
    coarse = random.integers(0, 255, (9, 7, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_and_its_lossless_copy_have_one_hash(subsampling: int, progressive: bool):
    jpeg = encoded(photo(), "JPEG", quality=85, subsampling=subsampling, progressive=progressive)
    copy = encoded(Image.open(BytesIO(jpeg)), "PNG")
    assert decode(jpeg).pixel_hash != decode(copy).pixel_hash  # the scan's hash is of the reduced JPEG
    assert full_pixel_hash(jpeg) == full_pixel_hash(copy)


def test_one_pixel_makes_another_hash():
    image = photo()
    changed = image.copy()
    changed.putpixel((450, 350), (1, 2, 3))
    assert full_pixel_hash(encoded(image, "PNG")) != full_pixel_hash(encoded(changed, "PNG"))


def test_a_picture_turned_without_loss_is_the_picture():
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = encoded(photo().transpose(Image.Transpose.ROTATE_90), "PNG", exif=exif)
    assert full_pixel_hash(turned) == full_pixel_hash(encoded(photo(), "PNG"))


def test_many_are_hashed_in_order_and_a_broken_one_has_none(tmp_path: Path):
    names = [f"{number}.png" for number in range(300)]
    for number, name in enumerate(names):
        Image.new("RGB", (4, 4), (number % 7, 0, 0)).save(tmp_path / name)
    (tmp_path / "17.png").write_bytes(b"no image")
    chunks = list(full_pixel_hashes(names, str(tmp_path), workers=2))
    hashes = [pixel_hash for chunk in chunks for pixel_hash in chunk]
    assert [len(chunk) for chunk in chunks] == [256, 44]
    assert hashes[17] is None
    assert len(set(hashes)) == 8
    assert hashes[3] == hashes[10] == full_pixel_hash((tmp_path / "3.png").read_bytes())


def test_a_broken_image_has_its_problem():
    with pytest.raises(DecodeProblem):
        full_pixel_hash(b"no image")
