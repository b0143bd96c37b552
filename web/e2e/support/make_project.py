"""Make one of the projects that the end-to-end tests walk through.

python make_project.py NAME DIRECTORY
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from PIL import Image
from pyarrow import csv

import misnomer
from misnomer.project.computing import STEPS
from misnomer.project.demo import extract_demo

CLASSES = ("cat", "dog", "eel")
LATER = ("embeddings", "neighbors", "duplicates", "labels", "map")
FRUIT = ["apple", "banana", "cherry", "date", "elderberry"]
HOSTILE = ("<img src=x onerror=alert(1)>", "quo'te\"s & ampersands", "猫 🐈 ñ", "new\nline", "\u202eright to left")


def pets(directory: Path) -> None:
    """90 images of three classes; a model that is wrong about every fourth, surer of the first ones."""
    rng = np.random.default_rng(0)
    rows = []
    for number in range(90):
        name = CLASSES[number % 3]
        path = f"{name}/{number:02}.png"
        save(directory / "images" / path, rng.integers(0, 256, (24, 24, 3)) // (1 + number % 3))
        predicted = CLASSES[(number + (number % 4 == 0)) % 3]
        rows.append((path, predicted, 0.99 - number / 200))
    make(directory, rows)


def hostile(directory: Path) -> None:
    """Names of files, classes and columns that try to be something else."""
    rows = []
    for number, name in enumerate(HOSTILE):
        for copy in range(3):
            path = f"{name}/{copy} {HOSTILE[(number + copy) % len(HOSTILE)]}.png"
            save(directory / "images" / path, np.full((16, 16, 3), 40 * number))
            rows.append((path, HOSTILE[(number + (copy == 0)) % len(HOSTILE)], 0.5 + copy / 10))
    make(directory, rows, skip=LATER)


def broken(directory: Path) -> None:
    """Two images that can be read, and one of each kind that cannot."""
    images = directory / "images" / "cat"
    for name in ("good", "better"):
        save(images / f"{name}.png", np.full((16, 16, 3), 200))
    (images / "cut.png").write_bytes((images / "good.png").read_bytes()[:40])
    (images / "text.jpg").write_text("This is no image.")
    (images / "void.png").write_bytes(b"")
    save(images / "gone.png", np.full((16, 16, 3), 9))
    misnomer.create(directory / "project.misnomer", images=directory / "images", skip=LATER).close()
    (images / "gone.png").unlink()


def empty(directory: Path) -> None:
    """A project that nothing has been added to yet."""
    from misnomer.store.database import create_database

    create_database(directory / "project.misnomer")


def fruit(directory: Path) -> None:
    """200 pictures of five colours, sixty of them with a wrong label; probabilities and vectors that know better."""
    rng = np.random.default_rng(0)
    right = np.arange(200) % len(FRUIT)
    wrong = rng.choice(200, 60, replace=False)
    labels = right.copy()
    labels[wrong] = (right[wrong] + 1) % len(FRUIT)
    colours = np.array([[200, 40, 40], [220, 200, 60], [120, 20, 60], [120, 80, 40], [60, 40, 120]])
    keys = [f"images/{number:03}.png" for number in range(200)]
    for key, colour in zip(keys, colours[right], strict=True):
        save(directory / key, np.clip(colour + rng.normal(0, 25, (60, 80, 3)), 0, 255))
    probabilities = 0.02 + rng.uniform(0, 0.05, (200, len(FRUIT)))
    probabilities[np.arange(200), right] = 0.7 + rng.uniform(0, 0.2, 200)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    vectors = (np.eye(len(FRUIT))[right] + rng.normal(0, 0.1, (200, len(FRUIT)))).astype(np.float32)
    table = pa.table({"path": keys, "label": [FRUIT[label] for label in labels]})
    csv.write_csv(table, directory / "labels.csv")
    with misnomer.create(directory / "project.misnomer", images=directory / "labels.csv", skip=LATER) as project:
        project.add_predictions({"keys": keys, "probabilities": probabilities, "class_names": FRUIT}, model="m")
        project.add_embeddings({"keys": keys, "embeddings": vectors}, name="vectors")
        project.compute("neighbors", "labels")


def demo(directory: Path) -> None:
    """Every third emoji of the demo in both drawing styles, with both models' predictions."""
    files = extract_demo(directory)
    samples = csv.read_csv(files.images)
    names = samples["name"].to_pylist()
    kept = {name for place, name in enumerate(dict.fromkeys(names)) if place % 3 == 0}
    csv.write_csv(samples.filter(pa.array(name in kept for name in names)), files.images)
    with misnomer.create(directory / "project.misnomer", images=files.images, skip=STEPS) as project:
        for model, predictions in files.predictions.items():
            project.add_predictions(predictions, model=model)
        project.compute()


def save(path: Path, pixels: np.ndarray) -> None:
    """Write an image, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.astype(np.uint8)).save(path)


def make(directory: Path, rows: list[tuple[str, str, float]], skip: Sequence[str] = ()) -> None:
    """A project of the images with one model's predictions."""
    keys, predictions, confidences = zip(*rows, strict=True)
    with misnomer.create(directory / "project.misnomer", images=directory / "images", skip=skip) as project:
        table = {"keys": list(keys), "predictions": list(predictions), "confidences": list(confidences)}
        project.add_predictions(table, model="net")


if __name__ == "__main__":
    {"demo": demo, "pets": pets, "fruit": fruit, "hostile": hostile, "broken": broken, "empty": empty}[sys.argv[1]](
        Path(sys.argv[2])
    )
