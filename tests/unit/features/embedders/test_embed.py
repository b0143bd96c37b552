"""Many images: in order, broken ones left out, each picture whole."""

from pathlib import Path

import numpy as np
from PIL import Image

from misnomer.features.embedders.embed import embed_images, square_picture
from misnomer.features.embedders.user_function import FunctionEmbedder


def mean_colour(images: np.ndarray) -> np.ndarray:
    return np.asarray(images.mean(axis=(1, 2)))


def write(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (30, 20)) -> str:
    Image.new("RGB", size, colour).save(path)
    return str(path)


def test_vectors_come_in_order_without_broken_and_black_images(tmp_path: Path) -> None:
    colours = [(10 * n + 5, 100, 0) for n in range(20)]
    locations = [write(tmp_path / f"{n}.png", colour) for n, colour in enumerate(colours)]
    (tmp_path / "3.png").write_bytes(b"broken")
    write(tmp_path / "7.png", (0, 0, 0))  # its mean colour has no direction
    (tmp_path / "19.png").unlink()
    batches = list(embed_images(locations, FunctionEmbedder("mean", mean_colour), workers=3))
    rows = np.concatenate([rows for rows, _ in batches])
    vectors = np.concatenate([vectors for _, vectors in batches])
    assert rows.tolist() == [n for n in range(20) if n not in (3, 7, 19)]
    expected = np.array(colours)[rows] / np.linalg.norm(np.array(colours)[rows], axis=1)[:, None]
    np.testing.assert_allclose(vectors, expected, atol=1e-3)


def test_no_images() -> None:
    assert list(embed_images([], FunctionEmbedder("mean", mean_colour))) == []


def test_stopping_early_ends_the_threads(tmp_path: Path) -> None:
    locations = [write(tmp_path / "a.png", (9, 9, 9))] * 500
    batches = embed_images(locations, FunctionEmbedder("mean", mean_colour), workers=2)
    assert next(batches)[0].tolist() == list(range(16))
    batches.close()


def test_the_whole_picture_is_seen_whatever_its_shape(tmp_path: Path) -> None:
    picture = np.zeros((400, 100, 3), np.uint8)
    picture[:200, :, 0], picture[200:, :, 2] = 255, 255
    Image.fromarray(picture).save(tmp_path / "tall.png")
    square = square_picture((tmp_path / "tall.png").read_bytes(), 224)
    assert square.shape == (224, 224, 3)
    assert square[5, 100].tolist() == [255, 0, 0]
    assert square[-5, 100].tolist() == [0, 0, 255]
