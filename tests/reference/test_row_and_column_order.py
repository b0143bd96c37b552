"""The arithmetic behind the verified order equals brute force and SciPy."""

from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from misnomer.readers.column_order import _best_assignment
from misnomer.readers.order import _hits_in_any_order


def test_mean_and_variance_of_the_hits_are_those_over_all_orders() -> None:
    predicted, labels = np.array([0, 0, 1, 2, 1, 0]), np.array([0, 1, 1, 2, 2, 0])
    hits = [(np.array(order) == labels).sum() for order in permutations(predicted)]
    assert _hits_in_any_order(predicted, labels) == pytest.approx((np.mean(hits), np.var(hits)))


@pytest.mark.parametrize("seed", range(20))
def test_the_assignment_of_columns_is_the_best(seed: int) -> None:
    random = np.random.default_rng(seed)
    size, count = int(random.integers(2, 20)), int(random.integers(5, 100))
    predicted, labels = random.integers(0, size, (2, count))
    counts = np.zeros((size, size))
    np.add.at(counts, (predicted, labels), 1)
    meant = _best_assignment(predicted, labels, size)
    assert sorted(meant) == list(range(size))
    assert counts[np.arange(size), meant].sum() == counts[linear_sum_assignment(counts, maximize=True)].sum()
