"""Neighbours and outlier factors equal scikit-learn's; the approximation finds what exact search does."""

import numpy as np
import pytest
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors

from misnomer.features.embedders.vectors import unit_vectors
from misnomer.features.neighbors import search
from misnomer.features.neighbors.approximate import approximate_neighbors, recall
from misnomer.features.neighbors.exact import nearest_rows
from misnomer.features.neighbors.metrics import local_outlier_factor
from misnomer.features.neighbors.unit_rows import UnitRows


def clustered(count: int, dimensions: int, seed: int = 0) -> np.ndarray:
    """Unit vectors around forty centres, (count, dimensions) float16."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((40, dimensions))
    spread = random.standard_normal((16, dimensions)) * 0.3
    values = centres[random.integers(0, 40, count)] + random.standard_normal((count, 16)) @ spread
    return unit_vectors(values + 0.1 * random.standard_normal((count, dimensions)))[0]


def neighbors_of_sklearn(vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    distances, rows = NearestNeighbors(n_neighbors=k, metric="cosine", algorithm="brute").fit(vectors).kneighbors()
    return rows, distances


def test_exact_neighbors_are_those_of_scikit_learn() -> None:
    vectors = clustered(3000, 48)
    rows, distances = search.find_neighbors(vectors, k=20)
    expected_rows, expected_distances = neighbors_of_sklearn(vectors.astype(np.float64), 20)
    np.testing.assert_allclose(distances, expected_distances, atol=2e-6)
    assert (rows == expected_rows).mean() > 0.999  # the rest are ties to rounding


def test_neighbors_over_several_blocks_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = UnitRows(clustered(2500, 16))
    whole = nearest_rows(vectors, np.arange(2500), 7)
    monkeypatch.setattr("misnomer.features.neighbors.exact._CORPUS_ROWS", 300)
    monkeypatch.setattr("misnomer.features.neighbors.exact._QUERY_ROWS", 111)
    blocked = nearest_rows(vectors, np.arange(2500), 7)
    np.testing.assert_allclose(blocked[1], whole[1], atol=1e-6)
    assert (blocked[0] == whole[0]).mean() > 0.999


def test_the_approximation_finds_97_of_100_exact_neighbors() -> None:
    vectors = UnitRows(clustered(6000, 64))
    exact, _ = nearest_rows(vectors, np.arange(6000), 20)
    found, distances = approximate_neighbors(vectors, 20, seed=0)
    assert recall(found, exact) >= 0.97
    assert (np.diff(distances, axis=1) >= 0).all()
    assert (found != np.arange(6000)[:, None]).all()


@pytest.mark.parametrize("known_count", [1, 400, 999])
def test_extended_neighbors_are_those_found_anew(known_count: int) -> None:
    vectors = clustered(1000, 32)
    known = np.sort(np.random.default_rng(1).choice(1000, known_count, replace=False))
    extended = search.extend_neighbors(vectors, known, search.find_neighbors(vectors[known]))
    anew = search.find_neighbors(vectors)
    np.testing.assert_allclose(extended[1], anew[1], atol=1e-6)
    assert (extended[0] == anew[0]).mean() > 0.999


def test_diversity_is_the_local_outlier_factor_of_scikit_learn() -> None:
    vectors = clustered(1500, 24).astype(np.float64)
    expected = -LocalOutlierFactor(n_neighbors=10, metric="cosine").fit(vectors).negative_outlier_factor_
    rows, distances = neighbors_of_sklearn(vectors, 10)
    factors = local_outlier_factor((rows.astype(np.int32), distances.astype(np.float32)))
    np.testing.assert_allclose(factors, expected, rtol=1e-4)
