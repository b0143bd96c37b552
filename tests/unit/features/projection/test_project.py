import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from misnomer.features.projection import project
from misnomer.features.projection.layout import lay_out
from misnomer.features.projection.project import principal_plane, project_vectors


def clusters(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors in float16 around ten centres in 32 dimensions, and which centre."""
    random = np.random.default_rng(seed)
    which = random.integers(0, 10, count)
    vectors = random.normal(size=(10, 32))[which] + 0.35 * random.normal(size=(count, 32))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16), which


def nearest_share(points: np.ndarray, which: np.ndarray) -> float:
    """How many points have a nearest other of their own centre."""
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    return float(np.mean(which[distances.argmin(axis=1)] == which))


def test_similar_vectors_lie_together_by_scikit_learns_measure() -> None:
    vectors, which = clusters(600)
    points = project_vectors(vectors, seed=0)
    assert points.shape == (600, 2) and points.dtype == np.float32
    assert trustworthiness(vectors.astype(np.float32), points, n_neighbors=15) > 0.93
    assert nearest_share(points, which) > 0.99


def test_the_same_seed_gives_the_same_map_and_another_another() -> None:
    vectors, _ = clusters(200)
    assert np.array_equal(project_vectors(vectors, seed=3), project_vectors(vectors, seed=3))
    assert not np.array_equal(project_vectors(vectors, seed=3), project_vectors(vectors, seed=4))


def test_what_is_not_laid_out_is_placed_among_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "LAID_OUT", 300)
    vectors, which = clusters(1200)
    told: list[float] = []
    points = project_vectors(vectors, seed=0, tell=told.append)
    assert np.isfinite(points).all()
    assert nearest_share(points, which) > 0.98
    assert told == sorted(told) and told[-1] == pytest.approx(1)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 20])
def test_a_few_vectors_have_finite_places_too(count: int) -> None:
    vectors, _ = clusters(count)
    points = project_vectors(vectors, seed=0)
    assert points.shape == (count, 2) and np.isfinite(points).all()


def test_equal_vectors_have_finite_places() -> None:
    points = project_vectors(np.tile(np.float16([1, 0, 0, 0]), (40, 1)), seed=0)
    assert np.isfinite(points).all()


def test_points_without_neighbours_only_move_away() -> None:
    points = lay_out(np.full((5, 3), -1, np.int32), np.zeros((5, 2)), seed=0)
    assert np.isfinite(points).all()


def test_the_principal_plane_is_that_of_the_singular_values() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 6))
    plane = principal_plane(vectors)
    _, singular_values, _ = np.linalg.svd(vectors - vectors.mean(axis=0))
    np.testing.assert_allclose(np.linalg.norm(plane, axis=0), singular_values[:2])
