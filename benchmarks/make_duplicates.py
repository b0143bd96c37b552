"""Make photos and copies of them as they occur: what a search for duplicates should find, and what it should not.

    python benchmarks/make_duplicates.py FOLDER [--count 600] [--seed 1]

writes FOLDER/images/…, FOLDER/copies.json, {kind: [[original, copy], …]}, and FOLDER/cuts.json, {photo: [source,
mirrored, left, top, right, bottom]}, as fractions of the source: photos cut from one place show the same. A fifth of
the photos have a copy of each kind: the file again, a lossless copy (PNG of a JPEG), resized, recompressed, cropped by
5%, brighter, rotated by an EXIF tag, mirrored, and mirrored and cropped. Among the
rest are blank pages and nearly blank ones, which are nobody's copies. Needs scikit-image and
scikit-learn.
"""

import argparse
import json
import shutil
from copy import deepcopy
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance

from make_photos import cut_photo, source_photos

BLANK_PAGES = 30


def write_copies(original: Path, folder: Path) -> dict[str, str]:
    """One copy of each kind; returns their names."""
    image = Image.open(original)
    image.load()
    width, height = image.size
    stem = original.stem
    names = {
        "same_file": f"{stem}-same.jpg",
        "lossless": f"{stem}-lossless.png",
        "resized": f"{stem}-resized.jpg",
        "recompressed": f"{stem}-recompressed.jpg",
        "cropped": f"{stem}-cropped.jpg",
        "brighter": f"{stem}-brighter.jpg",
        "rotated_by_exif": f"{stem}-rotated.jpg",
        "mirrored": f"{stem}-mirrored.jpg",
        "mirrored_cropped": f"{stem}-mirrored-cropped.jpg",
    }
    shutil.copy(original, folder / names["same_file"])
    image.save(folder / names["lossless"])
    image.resize((width * 6 // 10, height * 6 // 10), Image.Resampling.LANCZOS).save(folder / names["resized"])
    image.save(folder / names["recompressed"], quality=40)
    margins = (width // 40, height // 40, width - width // 40, height - height // 40)
    image.crop(margins).save(folder / names["cropped"], quality=90)
    ImageEnhance.Brightness(image).enhance(1.2).save(folder / names["brighter"], quality=90)
    mirrored = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    mirrored.resize((width * 6 // 10, height * 6 // 10), Image.Resampling.LANCZOS).save(folder / names["mirrored"])
    mirrored.crop(margins).save(folder / names["mirrored_cropped"], quality=90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° clockwise to see it upright
    image.transpose(Image.Transpose.ROTATE_90).save(folder / names["rotated_by_exif"], quality=92, exif=exif)
    return names


def write_blank_pages(folder: Path, random: np.random.Generator) -> None:
    """Scans of paper with nothing, or a page number, on them."""
    for page in range(BLANK_PAGES):
        paper = 245 + random.normal(0, 2, (700, 500, 1)) + random.uniform(-3, 3)
        image = Image.fromarray(np.repeat(paper, 3, axis=2).clip(0, 255).astype(np.uint8))
        if page % 2:
            ImageDraw.Draw(image).text((random.integers(20, 460), random.integers(20, 670)), str(page), fill=0)
        image.save(folder / f"blank-{page:02d}.jpg", quality=85)


def where_cut(photo: np.ndarray, size: tuple[int, int], random: np.random.Generator) -> list[float]:
    """Mirrored or not, and the box that ``cut_photo`` takes with the same generator."""
    height, width = photo.shape[:2]
    aspect = size[0] / size[1]
    part_width = min(width, height * aspect) * random.uniform(0.45, 0.95)
    left, top = random.uniform(0, width - part_width), random.uniform(0, height - part_width / aspect)
    box = [left / width, top / height, (left + part_width) / width, (top + part_width / aspect) / height]
    return [float(random.random() < 0.5), *box]


def make_duplicates(folder: Path, count: int, seed: int) -> tuple[dict[str, list[list[str]]], dict[str, list[float]]]:
    """Write photos and copies; returns pairs of original and copy by kind, and where each photo was cut."""
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    sources = source_photos()
    copies: dict[str, list[list[str]]] = {}
    cuts: dict[str, list[float]] = {}
    for index in range(count):
        path = images / f"{index:05d}.jpg"
        source = int(random.integers(len(sources)))
        cuts[path.name] = [source, *where_cut(sources[source], (640, 480), deepcopy(random))]
        cut_photo(sources[source], (640, 480), random).save(path, quality=88)
        if index % 5 == 0:
            for kind, name in write_copies(path, images).items():
                copies.setdefault(kind, []).append([path.name, name])
    write_blank_pages(images, random)
    return copies, cuts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    copies, cuts = make_duplicates(arguments.folder, arguments.count, arguments.seed)
    (arguments.folder / "cuts.json").write_text(json.dumps(cuts))
    (arguments.folder / "copies.json").write_text(json.dumps(copies, indent=1))
    print(f"{sum(map(len, copies.values())):,} copies of {len(copies['same_file']):,} photos in {arguments.folder}")


if __name__ == "__main__":
    main()
