from typing import Literal

import numpy as np
import pytest

from misnomer.evaluation.edges import count_edges_below


@pytest.mark.parametrize("edge_count", [0, 1, 14, 40, 41, 60])
@pytest.mark.parametrize("side", ["left", "right"])
def test_few_and_many_edges_are_counted_as_numpy_does(edge_count: int, side: Literal["left", "right"]) -> None:
    edges = np.linspace(0, 1, edge_count + 2)[1:-1]
    values = np.concatenate([edges, np.random.default_rng(0).random(70_000), [0.0, 1.0]])
    found = count_edges_below(values, edges, side=side)
    assert found.dtype == np.int64
    assert np.array_equal(found, np.searchsorted(edges, values, side=side))


def test_an_edge_that_equals_a_value_is_below_it_on_the_right_alone() -> None:
    edges = np.array([0.25, 0.5])
    values = np.array([0.0, 0.25, 0.5, 1.0])
    assert count_edges_below(values, edges, side="left").tolist() == [0, 0, 1, 2]
    assert count_edges_below(values, edges, side="right").tolist() == [0, 1, 2, 2]
    assert count_edges_below(values[:0], edges, side="left").tolist() == []
