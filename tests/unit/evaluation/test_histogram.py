import numpy as np
import pytest

from misnomer.evaluation.histogram import metric_histogram


def test_counts_and_those_outside_sum_to_the_samples():
    values = np.append(np.random.default_rng(0).normal(size=1000), [50.0, -50.0, np.nan])
    histogram = metric_histogram("m", "M", values)
    outside = histogram.below_count + histogram.above_count + histogram.missing_count
    assert sum(histogram.counts) + outside == 1003
    assert (histogram.below_count, histogram.above_count, histogram.missing_count) == (1, 1, 1)


def test_far_values_do_not_stretch_the_bins():
    histogram = metric_histogram("m", "M", np.append(np.linspace(0, 1, 500), 1e6))
    assert histogram.edges[-1] == 1.0
    assert len(histogram.counts) == 30


def test_a_tail_that_does_not_stretch_the_bins_much_is_drawn():
    """Shares of ten neighbours: most are 1, and the low ones are what is looked for."""
    histogram = metric_histogram("m", "M", np.repeat(np.linspace(0, 1, 11), [10] * 8 + [60, 120, 650]))
    assert (histogram.edges[0], histogram.edges[-1]) == (0.0, 1.0)
    assert histogram.below_count == 0


def test_bins_reach_to_the_extremes_when_none_is_far():
    histogram = metric_histogram("m", "M", np.linspace(0.25, 0.75, 100), bins=10)
    assert (histogram.edges[0], histogram.edges[-1]) == (0.25, 0.75)
    assert set(histogram.counts) == {10}


@pytest.mark.parametrize("constant", [0.3, 7.0])
def test_a_constant_has_one_bin_around_it(constant: float):
    histogram = metric_histogram("m", "M", np.full(12, constant))
    assert histogram.edges == (constant - 0.5, constant + 0.5)
    assert histogram.counts == (12,)


def test_a_constant_that_differs_by_rounding_alone_is_one():
    histogram = metric_histogram("m", "M", np.array([0.1 + 0.2, 0.3, 0.3 - 1e-15]))
    assert histogram.counts == (3,)


def test_a_value_that_nearly_all_share_is_not_said_of_the_others():
    rng = np.random.default_rng(0)
    histogram = metric_histogram("m", "M", np.concatenate([1 - 1e-12 * rng.random(900), np.zeros(100)]))
    assert (histogram.edges[0], histogram.counts[0], histogram.counts[-1]) == (0.0, 100, 900)
    assert histogram.below_count == 0


def test_small_differences_that_are_more_than_rounding_have_bins():
    assert len(metric_histogram("m", "M", np.linspace(0.3, 0.3 + 1e-6, 50)).counts) == 30


def test_a_few_whole_numbers_get_a_bin_each():
    histogram = metric_histogram("m", "M", np.array([1, 1, 2, 4]))
    assert histogram.edges == (0.5, 1.5, 2.5, 3.5, 4.5)
    assert histogram.counts == (2, 1, 0, 1)


def test_many_whole_numbers_share_bins_of_whole_width():
    histogram = metric_histogram("m", "M", np.arange(100), bins=30)
    assert set(np.diff(histogram.edges)) == {4.0}
    assert histogram.counts == (4,) * 25


def test_nothing_known_has_no_bins():
    histogram = metric_histogram("m", "M", np.array([np.nan]))
    assert (histogram.edges, histogram.counts, histogram.missing_count) == ((), (), 1)


def test_values_too_close_for_as_many_bins_share_one():
    values = np.array([1.1, np.nextafter(1.1, 2)])
    assert sum(metric_histogram("m", "M", values).counts) == 2
