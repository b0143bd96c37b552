"""What a sample's page says of its duplicates."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import misnomer


@pytest.fixture
def project(tmp_path: Path) -> misnomer.Project:
    """train/cat/a.png with the same pixels as train/dog/b.png, a smaller one of it in test, and another image."""
    images = tmp_path / "images"
    coarse = np.random.default_rng(1).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    photo = Image.fromarray(coarse).resize((400, 300), Image.Resampling.BICUBIC)
    other = Image.fromarray(coarse[::-1]).resize((400, 300), Image.Resampling.BICUBIC)
    for key, image in {
        "train/cat/a.png": photo,
        "train/dog/b.png": photo,
        "test/cat/small.png": photo.resize((200, 150)),
        "test/cat/alone.png": other,
    }.items():
        (images / key).parent.mkdir(parents=True, exist_ok=True)
        image.save(images / key)
    return misnomer.create(tmp_path / "p.misnomer", images=images, skip=["embeddings"])


def sentences(project: misnomer.Project) -> dict[str, list[str]]:
    samples = project.samples().samples
    flags = {sample.key: project.sample(sample.id).flags for sample in samples}
    return {key: [flag.sentence for flag in found if flag.kind == "duplicate"] for key, found in flags.items()}


def test_a_sample_says_what_it_duplicates_and_whether_labels_and_splits_differ(project: misnomer.Project) -> None:
    assert sentences(project) == {
        "train/cat/a.png": [
            "Near duplicate of train/dog/b.png, test/cat/small.png; labelled differently: dog; in another split."
        ],
        "train/dog/b.png": [
            "Near duplicate of train/cat/a.png, test/cat/small.png; labelled differently: cat; in another split."
        ],
        "test/cat/small.png": [
            "Near duplicate of train/cat/a.png, train/dog/b.png; labelled differently: dog; in another split."
        ],
        "test/cat/alone.png": [],
    }


def test_equal_pixels_are_said_to_be_so(project: misnomer.Project, tmp_path: Path) -> None:
    only = misnomer.create(tmp_path / "q.misnomer", images=tmp_path / "images/train", skip=["embeddings"])
    first, second = only.samples().samples
    (flag,) = only.sample(first.id).flags
    assert flag.sentence == f"The same pixels as {second.key}; labelled differently: {second.label}."
    assert flag.keys == (first.key, second.key)
