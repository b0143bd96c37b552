import numpy as np
import pytest

from misnomer.features.neighbors.halves import half_products, let_go, read_rows

HALVES = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
FINITE = HALVES[np.isfinite(HALVES)]


@pytest.mark.parametrize("query_count", [1, 2])
def test_every_finite_half_is_widened_exactly(query_count: int) -> None:
    queries = np.ones((query_count, 1), np.float32)
    products = half_products(FINITE[:, None], queries)
    assert np.array_equal(products, np.repeat(FINITE.astype(np.float32)[:, None], query_count, axis=1))


def test_products_are_those_of_single_precision() -> None:
    random = np.random.default_rng(0)
    vectors, queries = random.normal(size=(50, 64)).astype(np.float16), random.normal(size=(3, 64)).astype(np.float32)
    exact = vectors.astype(np.float64) @ queries.T.astype(np.float64)
    np.testing.assert_allclose(half_products(vectors, queries), exact, atol=2e-5)
    np.testing.assert_allclose(half_products(vectors, queries[:1]), exact[:, :1], atol=2e-5)


def test_rows_are_read_in_the_order_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("misnomer.features.neighbors.halves._EXTENT_BYTES", 30)  # three rows
    halves = np.random.default_rng(0).normal(size=(20, 5)).astype(np.float16)
    rows = np.array([7, 0, 19, 7, 3, 2, 11])
    assert np.array_equal(read_rows(halves, rows), halves[rows].astype(np.float32))


def test_what_is_let_go_is_read_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("halves") / "vectors.npy"
    np.save(path, FINITE[:, None])
    mapped = np.load(path, "r")
    let_go(mapped)
    let_go(FINITE)
    assert np.array_equal(mapped[:, 0], FINITE)
