import numpy as np
import pytest

from misnomer.evaluation.outliers import OutlierSearch


def searched(values: np.ndarray, sample: np.ndarray | None = None, pieces: int = 1) -> OutlierSearch:
    """A search that has seen them, in pieces."""
    search = OutlierSearch(np.empty(0) if sample is None else sample)
    for rows in np.array_split(np.arange(len(values)), pieces):
        search.add(rows, values[rows])
    return search


def test_fences_are_multiples_of_the_interquartile_range_beyond_the_quartiles():
    found = searched(np.array([0.0, 1.0, 2.0, 3.0, 4.0])).fences()
    assert found.quartiles == (1.0, 3.0)
    assert found.moderate_fences == (-2.0, 6.0)
    assert found.severe_fences == (-4.0, 8.0)


def test_a_value_on_a_fence_is_inside():
    search = searched(np.array([-2.0, *np.repeat([1.0, 2.0, 3.0], 100), 6.0, 6.1, 8.0, 8.1]))
    assert search.beyond((-2.0, 6.0))[1].tolist() == [6.1, 8.0, 8.1]
    assert search.fences().moderate_fences == (-2.0, 6.0)
    assert search.beyond((-4.0, 8.0))[1].tolist() == [8.1]


def test_an_interquartile_range_of_zero_has_no_fences():
    found = searched(np.array([1.0] * 99 + [1000.0])).fences()
    assert (found.quartiles, found.moderate_fences, found.severe_fences) == ((1.0, 1.0), None, None)


@pytest.mark.parametrize("values", [[], [np.nan, np.nan]])
def test_no_known_value_has_no_quartiles(values: list[float]):
    search = searched(np.array(values))
    assert search.fences().quartiles is None
    assert (search.known_count, search.is_misled) == (0, False)


def test_missing_values_are_never_outliers():
    search = searched(np.array([np.nan, np.inf, -np.inf, *range(10)]))
    assert search.known_count == 10
    assert search.beyond((0.0, 9.0))[0].tolist() == []


RNG = np.random.default_rng(0)
MANY = {
    "normal": RNG.normal(size=200_003),
    "skewed": RNG.exponential(size=100_001) ** 5,
    "heavy tails": RNG.standard_cauchy(size=100_001),
    "five values": RNG.integers(0, 5, 150_000).astype(float),
    "mostly one value": np.where(RNG.random(150_000) < 0.7, 0.0, RNG.normal(size=150_000)),
    "huge": RNG.normal(size=80_000) * 1e300,
    "with missing ones": np.where(RNG.random(150_000) < 0.1, np.nan, RNG.normal(size=150_000)),
}


@pytest.mark.parametrize("name", MANY)
def test_from_a_sample_and_in_pieces_they_are_those_of_quantiles(name: str):
    values = MANY[name]
    known = values[np.isfinite(values)]
    search = searched(values, sample=RNG.choice(known, 20_000, replace=False), pieces=7)
    first, third = np.quantile(known, [0.25, 0.75]).tolist()
    assert not search.is_misled
    assert search.fences().quartiles == (first, third)
    for fences in filter(None, (search.fences().moderate_fences, search.fences().severe_fences)):
        rows = np.flatnonzero(np.isfinite(values) & ((values < fences[0]) | (values > fences[1])))
        assert search.beyond(fences)[0].tolist() == rows.tolist()
        assert search.beyond(fences)[1].tolist() == values[rows].tolist()


def test_where_a_sample_misled_it_is_known():
    assert searched(np.arange(100_000.0), sample=np.arange(20_000.0)).is_misled
