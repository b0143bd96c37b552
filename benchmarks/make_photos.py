"""Make photos to measure: JPEGs cut from the sample photos of scikit-image and scikit-learn, with planted issues.

    python benchmarks/make_photos.py FOLDER [--count 2000]

writes FOLDER/images/00000.jpg … and FOLDER/planted.json. One in five is 1920 × 1080, the rest 640 × 480; 20 each are
dark, light, blurred, grey, elongated, flat, tiny, exact copies and near copies. The same seed, the same photos.
Needs scikit-image and scikit-learn.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

PLANTED_EACH = 20
SINGLE_KINDS = ("dark", "light", "blurry", "grayscale", "odd_aspect_ratio", "low_information", "odd_size")
SCIKIT_IMAGE_PHOTOS = (
    *("astronaut", "coffee", "chelsea", "rocket", "hubble_deep_field", "retina", "immunohistochemistry"),
    *("colorwheel", "brick", "grass", "gravel", "camera", "coins", "moon"),
)


def source_photos() -> list[np.ndarray]:
    """The bundled photos, (h, w, 3) uint8."""
    from skimage import data
    from sklearn.datasets import load_sample_images

    photos = list(load_sample_images().images)
    for name in SCIKIT_IMAGE_PHOTOS:
        photo = getattr(data, name)()
        photos.append(np.stack([photo] * 3, -1) if photo.ndim == 2 else photo[..., :3].astype(np.uint8))
    return photos


def cut_photo(photo: np.ndarray, size: tuple[int, int], random: np.random.Generator) -> Image.Image:
    """A random part of a photo, perhaps mirrored, in other light and colours, with a sensor's noise."""
    image = Image.fromarray(photo)
    aspect = size[0] / size[1]
    width = min(image.width, image.height * aspect) * random.uniform(0.45, 0.95)
    height = width / aspect
    left, top = random.uniform(0, image.width - width), random.uniform(0, image.height - height)
    part = image.resize(size, Image.Resampling.BICUBIC, box=(left, top, left + width, top + height))
    if random.random() < 0.5:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    part = ImageEnhance.Brightness(part).enhance(random.uniform(0.75, 1.2))
    part = ImageEnhance.Color(part).enhance(random.uniform(0.7, 1.3))
    noisy = np.asarray(part, np.float32)
    noisy = noisy + random.normal(0, random.uniform(2, 6), noisy.shape).astype(np.float32)
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def planted_photo(kind: str, photo: np.ndarray, random: np.random.Generator) -> Image.Image:
    """A photo with one of the issues that a single image can have."""
    size = {"odd_aspect_ratio": (960, 120), "odd_size": (48, 36)}.get(kind, (640, 480))
    image = cut_photo(photo, size, random)
    if kind == "dark":
        return ImageEnhance.Brightness(image).enhance(0.06)
    if kind == "light":
        return Image.fromarray((255 - (255 - np.asarray(image, np.float32)) * 0.06).astype(np.uint8))
    if kind == "blurry":
        return image.filter(ImageFilter.GaussianBlur(9))
    if kind == "grayscale":
        return image.convert("L")
    if kind == "low_information":
        return Image.new("RGB", size, tuple(int(value) for value in random.integers(60, 200, 3)))
    return image


def make_photos(folder: Path, count: int) -> dict[str, list[str | list[str]]]:
    """Write the photos; return the names planted by kind (for copies, pairs of original and copy)."""
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    sources = source_photos()
    random = np.random.default_rng(0)
    large_count = count // 5
    pool = [f"{index:05d}.jpg" for index in random.permutation(np.arange(large_count, count))]
    planted = {kind: [pool.pop() for _ in range(PLANTED_EACH)] for kind in SINGLE_KINDS}
    kind_of = {name: kind for kind, names in planted.items() for name in names}
    pairs = {
        kind: [[pool.pop(), pool.pop()] for _ in range(PLANTED_EACH)]
        for kind in ("exact_duplicates", "near_duplicates")
    }
    copies = {copy for names in pairs.values() for _, copy in names}
    for index in range(count):
        name = f"{index:05d}.jpg"
        if name in copies:
            continue
        photo = sources[random.integers(len(sources))]
        if name in kind_of:
            image = planted_photo(kind_of[name], photo, random)
        else:
            image = cut_photo(photo, (1920, 1080) if index < large_count else (640, 480), random)
        image.save(images / name, quality=int(random.integers(80, 94)), subsampling=2)
    for original, copy in pairs["exact_duplicates"]:
        shutil.copy(images / original, images / copy)
    for original, copy in pairs["near_duplicates"]:
        with Image.open(images / original) as image:
            ImageEnhance.Brightness(image).enhance(1.03).save(images / copy, quality=60)
    return {**planted, **pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    arguments = parser.parse_args()
    planted = make_photos(arguments.folder, arguments.count)
    (arguments.folder / "planted.json").write_text(json.dumps(planted, indent=1))
    print(f"{arguments.count:,} photos in {arguments.folder / 'images'}")


if __name__ == "__main__":
    main()
