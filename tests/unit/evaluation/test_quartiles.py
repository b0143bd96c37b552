import numpy as np
import pytest

from misnomer.evaluation.quartiles import quartiles

RNG = np.random.default_rng(0)
MANY = {
    "normal": RNG.normal(size=200_003),
    "skewed": RNG.exponential(size=100_001) ** 5,
    "five values": RNG.integers(0, 5, 150_000).astype(float),
    "one value": np.full(70_000, 3.0),
    "ascending": np.arange(300_001.0),
    "descending": np.arange(300_001.0)[::-1],
    "half the same": np.r_[np.zeros(100_000), RNG.normal(size=100_001)],
    "huge": RNG.normal(size=80_000) * 1e300,
}
PERIODIC = np.tile(np.r_[np.zeros(1), np.arange(1.0, 12.0)], 16_384)  # every 12th value, the sample, is 0


@pytest.mark.parametrize("name", MANY)
def test_they_are_numpy_s_to_the_last_bit(name: str) -> None:
    assert quartiles(MANY[name]) == tuple(np.quantile(MANY[name], [0.25, 0.75]).tolist())


def test_they_are_numpy_s_where_the_sample_says_nothing() -> None:
    assert quartiles(PERIODIC) == tuple(np.quantile(PERIODIC, [0.25, 0.75]).tolist()) == (2.75, 8.25)


@pytest.mark.parametrize("values", [[7.0], [1.0, 2.0], [1.0, 2.0, 3.0, 4.0]])
def test_of_few_values_too(values: list[float]) -> None:
    assert quartiles(np.array(values)) == tuple(np.quantile(values, [0.25, 0.75]).tolist())
