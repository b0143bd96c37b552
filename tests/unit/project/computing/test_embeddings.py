"""The step ``embeddings``: only what is missing, by the embedder that is chosen, resumable."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import misnomer
from misnomer.errors import UnknownName
from misnomer.features.embedders import find as finding
from misnomer.project.computing import embeddings as step
from misnomer.store import embeddings


def mean_colour(images: np.ndarray) -> np.ndarray:
    return np.asarray(images.mean(axis=(1, 2)))


def colour_histogram(images: np.ndarray) -> np.ndarray:
    return np.array([np.bincount(picture.ravel() // 64, minlength=4) for picture in images])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty images; "mean-colour" and "histogram" are registered, the first is chosen."""
    (tmp_path / "images").mkdir()
    for number in range(40):
        Image.new("RGB", (9, 9), (number * 6, 200, 10)).save(tmp_path / "images" / f"{number:02}.png")
    functions = {"mean-colour": lambda: mean_colour, "histogram": lambda: colour_histogram}
    monkeypatch.setattr(finding, "registered_functions", lambda: functions)
    monkeypatch.setenv("MISNOMER_EMBEDDER", "mean-colour")
    return tmp_path


def vectors_of(project: misnomer.Project) -> np.ndarray:
    current = embeddings.current_embedding(project._database)
    assert current is not None
    return np.array(embeddings.embedding_matrix(project._database, current).vectors)


def done_of(project: misnomer.Project) -> tuple[int, int]:
    return next((s.done, s.total) for s in project.info().computed if s.step == "embeddings")


def test_every_image_gets_its_vector(folder: Path) -> None:
    with misnomer.create(folder / "p.misnomer", images=folder / "images", skip=["pixels"]) as project:
        expected = np.array([[number * 6, 200, 10] for number in range(40)])
        np.testing.assert_allclose(vectors_of(project), expected / np.linalg.norm(expected, axis=1)[:, None], atol=1e-3)
        assert done_of(project) == (40, 40)


def test_what_was_committed_before_a_stop_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step, "_CHUNK_VECTORS", 16)
    seen: list[int] = []

    def stop(name: str, done: int, total: int) -> None:
        seen.append(done)
        if done == 32:
            raise KeyboardInterrupt

    with misnomer.create(folder / "p.misnomer", images=folder / "images", skip=["pixels", "embeddings"]) as project:
        with pytest.raises(KeyboardInterrupt):
            project.compute("embeddings", progress=stop)
        assert done_of(project) == (32, 40)
        totals: list[tuple[int, int]] = []
        project.compute("embeddings", progress=lambda name, done, total: totals.append((done, total)))
        assert totals[0] == (0, 8)
        assert done_of(project) == (40, 40)


def test_a_broken_image_has_no_vector_until_it_is_mended(folder: Path) -> None:
    good = (folder / "images" / "05.png").read_bytes()
    (folder / "images" / "05.png").write_bytes(b"broken")
    with misnomer.create(folder / "p.misnomer", images=folder / "images") as project:
        assert done_of(project) == (39, 40)
        (folder / "images" / "05.png").write_bytes(good)
        project.compute("embeddings")
        assert done_of(project) == (40, 40)


def test_another_embedder_is_used_when_it_is_named_and_kept_without_naming(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with misnomer.create(folder / "p.misnomer", images=folder / "images", skip=["pixels"]) as project:
        monkeypatch.setenv("MISNOMER_EMBEDDER", "histogram")
        project.compute("embeddings")
        assert vectors_of(project).shape == (40, 4)
        monkeypatch.delenv("MISNOMER_EMBEDDER")
        project.compute("embeddings")
        assert vectors_of(project).shape == (40, 4)


def test_a_new_version_replaces_every_vector(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reversed_colour(images: np.ndarray) -> np.ndarray:
        return mean_colour(images)[:, ::-1]

    reversed_colour.version = 2  # type: ignore[attr-defined]
    with misnomer.create(folder / "p.misnomer", images=folder / "images", skip=["pixels"]) as project:
        before = vectors_of(project)
        changed: dict[str, Callable[[], Callable[[np.ndarray], np.ndarray]]] = {"mean-colour": lambda: reversed_colour}
        monkeypatch.setattr(finding, "registered_functions", lambda: changed)
        project.compute("embeddings")
        np.testing.assert_allclose(vectors_of(project), before[:, ::-1], atol=1e-3)


def test_a_project_without_images_loads_no_embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.csv").write_text("id,label\na,cat\nb,dog\n")
    monkeypatch.setenv("MISNOMER_EMBEDDER", "no such embedder")
    with misnomer.create(tmp_path / "p.misnomer", images=tmp_path / "t.csv") as project:
        assert done_of(project) == (0, 0)


def test_an_embedder_that_is_gone_matters_only_when_something_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with misnomer.create(folder / "p.misnomer", images=folder / "images", skip=["pixels"]) as project:
        monkeypatch.setenv("MISNOMER_EMBEDDER", "auto")
        monkeypatch.setattr(finding, "registered_functions", dict)
        project.compute("embeddings")
        assert done_of(project) == (40, 40)
        Image.new("RGB", (9, 9), (1, 2, 3)).save(folder / "images" / "99.png")
        project.add_images(folder / "images")
        with pytest.raises(UnknownName, match=r"mean-colour"):
            project.compute("embeddings")
