"""Embedding killed at random moments, then run again: the vectors are those of an undisturbed run."""

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from misnomer.project.computing import STEPS
from misnomer.store.database import Database
from misnomer.store.embeddings import current_embedding, embedding_matrix
from tests.flow.program import misnomer

IMAGES = 300
KILLS = 3


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    generator = np.random.default_rng(5)
    for index in range(IMAGES):
        Image.fromarray(generator.integers(0, 256, (12, 16, 3), dtype=np.uint8)).save(folder / f"{index:03}.png")
    return folder


def create(directory: Path, images: Path) -> Path:
    answer = misnomer("create", directory, "--images", images, *(f"--skip={step}" for step in STEPS))
    assert answer.returncode == 0, answer.stderr
    return directory


def vectors(directory: Path) -> tuple[list[int], np.ndarray]:
    with contextlib.closing(Database(directory)) as database:
        embedding = current_embedding(database)
        assert embedding is not None
        matrix = embedding_matrix(database, embedding)
        return matrix.sample_ids.tolist(), np.array(matrix.vectors, np.float32)


def test_embedding_killed_again_and_again_then_run_gives_the_same_vectors(images: Path, tmp_path: Path) -> None:
    whole = create(tmp_path / "whole.misnomer", images)
    killed = create(tmp_path / "killed.misnomer", images)
    started = time.monotonic()
    assert misnomer("compute", whole, "embeddings").returncode == 0
    duration = time.monotonic() - started
    moments = random.Random(KILLS)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "misnomer", "compute", killed, "embeddings"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.2, 0.95) * duration)
        process.kill()
        process.wait()
    assert misnomer("compute", killed, "embeddings").returncode == 0
    ids, expected = vectors(whole)
    found_ids, found = vectors(killed)
    assert found_ids == ids == list(range(IMAGES))
    # Other batches multiply in another order: equal to the last digit of float16.
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-4)
    named = {path.name for path in (killed / "vectors").iterdir()}
    assert len(named) == 1  # nothing is left of the runs that were killed
