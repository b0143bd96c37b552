"""Real files to walk through: small photos in a folder per class, and predictions of them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

CLASSES = ("cat", "dog", "eel")


@dataclass(frozen=True)
class Pets:
    """A folder per class of 8 × 6 px images, and probabilities of a model that is right about 3 times in 4."""

    images: Path
    keys: list[str]
    labels: list[str]
    probabilities: np.ndarray

    @property
    def predictions(self) -> list[str]:
        return [CLASSES[i] for i in self.probabilities.argmax(axis=1)]

    def write_csv(self, path: Path, rows: list[int] | None = None) -> Path:
        """One column per class and a key column, of some rows in that order."""
        chosen = range(len(self.keys)) if rows is None else rows
        lines = [",".join(["filename", *CLASSES])]
        lines += [",".join([self.keys[i], *(repr(float(p)) for p in self.probabilities[i])]) for i in chosen]
        path.write_text("\n".join(lines) + "\n")
        return path

    def write_classes_csv(self, path: Path) -> Path:
        """Key, predicted class and confidence."""
        confidence = self.probabilities.max(axis=1)
        rows = zip(self.keys, self.predictions, confidence, strict=True)
        path.write_text("filename,prediction,confidence\n" + "".join(f"{k},{p},{float(c)!r}\n" for k, p, c in rows))
        return path


def make_pets(directory: Path, per_class: int = 20) -> Pets:
    generator = np.random.default_rng(7)
    keys, labels = [], []
    for name in CLASSES:
        (directory / name).mkdir(parents=True)
        for i in range(per_class):
            pixels = generator.integers(0, 256, (6, 8, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(directory / name / f"{i:02d}.png")
            keys.append(f"{name}/{i:02d}.png")
            labels.append(name)
    scores = generator.random((len(keys), 3)) + 0.7 * np.eye(3)[[CLASSES.index(name) for name in labels]]
    return Pets(directory, keys, labels, scores / scores.sum(axis=1, keepdims=True))


@pytest.fixture(scope="session")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Pets:
    return make_pets(tmp_path_factory.mktemp("pets") / "images")
