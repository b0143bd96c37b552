"""A project whose images differ in red and whose embedder is their mean colour."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import misnomer
from misnomer.features.embedders import find as finding


def mean_colour(images: np.ndarray) -> np.ndarray:
    """(n, px, px, 3) → (n, 3)."""
    return np.asarray(images.mean(axis=(1, 2)))


def write_colour(path: Path, red: int) -> None:
    """One colour: so much red, green 100."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), (red, 100, 0)).save(path)


def project_of_reds(folder: Path, reds: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> misnomer.Project:
    """Images ``KEY.png`` by their red."""
    for key, red in reds.items():
        write_colour(folder / "images" / f"{key}.png", red)
    monkeypatch.setattr(finding, "registered_functions", lambda: {"mean-colour": lambda: mean_colour})
    monkeypatch.setenv("MISNOMER_EMBEDDER", "mean-colour")
    return misnomer.create(folder / "p.misnomer", images=folder / "images")
