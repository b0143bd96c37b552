import numpy as np
import pytest

from misnomer.evaluation.binning import Bins, equal_count_bins, equal_width_bins
from misnomer.evaluation.ordered_metric import AscendingValues, OrderedMetric, order_metric


def ordered(values: list[float]) -> OrderedMetric:
    return order_metric("m", np.array(values), len(values))


def test_equal_count_bins_of_distinct_values_differ_by_at_most_one():
    bins = equal_count_bins(ordered(list(range(165))), 8)
    assert bins.counts.tolist() == [21, 20, 21, 20, 21, 21, 20, 21]


def test_edges_are_values_of_the_data():
    bins = equal_count_bins(ordered([0.5, 1.5, 4.0, 9.0]), 2, minimum_count=1)
    assert bins.edges.tolist() == [0.5, 4.0, 9.0]


def test_a_metric_of_two_values_gets_one_bin_for_each():
    bins = equal_count_bins(ordered([0.0] * 100 + [1.0] * 65), 8)
    assert bins.counts.tolist() == [100, 65]
    assert bins.edges.tolist() == [0.0, 1.0, 1.0]


def test_a_value_too_rare_for_a_bin_joins_its_neighbour():
    assert equal_count_bins(ordered([0.0] * 100 + [1.0] * 19), 5).counts.tolist() == [119]
    assert equal_count_bins(ordered([0.0] * 19 + [1.0] * 100), 5).counts.tolist() == [119]


def test_a_constant_is_one_bin():
    assert equal_count_bins(ordered([2.0] * 50), 10).edges.tolist() == [2.0, 2.0]
    assert equal_width_bins(ordered([2.0] * 50), 10).edges.tolist() == [2.0, 2.0]


def test_nothing_has_no_bins():
    for cut in (equal_count_bins, equal_width_bins):
        assert cut(ordered([]), 10).counts.tolist() == []


def test_equal_width_bins_merge_neighbours_that_are_too_small():
    values = [0.0] * 30 + [1.5] * 5 + [2.5] * 25 + [4.0] * 3
    bins = equal_width_bins(ordered(values), 4)
    assert bins.edges.tolist() == [0.0, 1.0, 4.0]
    assert bins.counts.tolist() == [30, 33]


def test_equal_width_bins_on_demand_stay_empty():
    bins = equal_width_bins(ordered([0.0, 4.0]), 4, minimum_count=0)
    assert bins.edges.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert bins.counts.tolist() == [1, 0, 0, 1]


def test_a_value_on_an_edge_belongs_to_the_upper_bin():
    assert equal_width_bins(ordered([0.0, 1.0, 2.0]), 2, minimum_count=0).counts.tolist() == [1, 2]


def test_sums_count_flags_by_bin_and_codes_name_the_bin():
    bins = Bins(np.array([0.0, 1.0, 2.0]), np.array([0, 2, 5]))
    assert bins.sums(np.array([True, False, True, True, False])).tolist() == [1, 2]
    assert bins.codes_of(np.array([1.5, 0.0, 1.0, 0.5, 2.0])).tolist() == [1, 0, 1, 0, 1]


@pytest.mark.parametrize("bin_count", [1, 2, 20, 22, 60])
def test_the_bin_of_a_value_is_where_its_place_among_the_edges_is(bin_count: int) -> None:
    values = np.random.default_rng(0).integers(0, 200, 3000) / 7
    bins = equal_count_bins(AscendingValues.of(values), bin_count)
    assert np.array_equal(bins.codes_of(values), np.searchsorted(bins.edges[1:-1], values, side="right"))
    assert np.array_equal(np.bincount(bins.codes_of(values)), bins.counts)
