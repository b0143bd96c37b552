import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from misnomer.evaluation.binning import equal_count_bins, equal_width_bins
from misnomer.evaluation.by_metric import performance_by_metric
from misnomer.evaluation.histogram import metric_histogram
from misnomer.evaluation.importance import importance
from misnomer.evaluation.ordered_metric import order_metric
from misnomer.evaluation.outliers import OutlierSearch

# Few distinct values as often as many, so that ties are the rule.
VALUES = st.one_of(
    arrays(np.float64, st.integers(0, 150), elements=st.integers(-3, 3).map(float)),
    arrays(np.float64, st.integers(0, 150), elements=st.floats(-1e6, 1e6)),
    arrays(np.float64, st.integers(0, 80), elements=st.floats(allow_nan=True, allow_infinity=True, width=16)),
)


@settings(deadline=None)
@given(VALUES, st.integers(1, 40), st.integers(1, 25), st.booleans())
def test_bins_hold_every_value_once_within_their_edges(
    values: np.ndarray, bin_count: int, minimum_count: int, equal_width: bool
):
    metric = order_metric("m", values, len(values))
    bins = (equal_width_bins if equal_width else equal_count_bins)(metric, bin_count, minimum_count)
    assert bins.counts.sum() == len(metric.values)
    assert len(bins.counts) <= bin_count
    assert len(bins.counts) <= 1 or bins.counts.min() >= minimum_count
    for code, (low, high) in enumerate(zip(bins.edges[:-1], bins.edges[1:], strict=True)):
        inside = metric.values[bins.codes_of(metric.values) == code]
        last = code == len(bins.counts) - 1
        assert np.all((inside >= low) & ((inside < high) | (last & (inside == high))))


@settings(deadline=None)
@given(VALUES, st.sampled_from([None, 1, 7]), st.sampled_from(["recall", "precision"]), st.booleans())
def test_the_counts_of_the_bins_sum_to_the_samples_and_their_rates_to_the_overall(
    values: np.ndarray, bins: int | None, rate: str, equal_width: bool
):
    rng = np.random.default_rng(len(values))
    labels, predictions = rng.integers(-1, 3, (2, len(values)))
    result = performance_by_metric(
        "m", "M", values, labels, predictions, ["a", "b", "c"], rate=rate, bins=bins,
        width="equal width" if equal_width else "equal count", by_class=True,
    )  # fmt: skip
    assert sum(one.sample_count for one in result.bins) == result.sample_count
    by_class = sum(one.sample_count for line in result.classes for one in line.bins)
    assert by_class == result.sample_count
    assert all(one.interval[0] <= one.rate <= one.interval[1] for one in result.bins)
    if result.overall is not None:
        right = sum(one.rate * one.sample_count for one in result.bins)
        assert np.isclose(right, result.overall * result.sample_count)


@settings(max_examples=40, deadline=None)
@given(VALUES, st.integers(0, 2**32 - 1))
def test_importance_is_a_fraction_and_does_not_care_for_the_scale_of_a_metric(values: np.ndarray, seed: int):
    rng = np.random.default_rng(seed)
    right, labels = rng.random(len(values)) < 0.7, rng.integers(0, 2, len(values))
    doubled = np.where(np.isfinite(values), values * 2, np.nan)
    rows = importance(right, {"m": values, "twice": doubled}, {}, labels, permutations=5)
    first, second = sorted(rows, key=lambda row: row.metric)
    assert 0 <= first.importance <= 1
    assert first.importance == second.importance
    assert first.adjusted_importance == second.adjusted_importance
    assert first.reason == second.reason


@settings(deadline=None)
@given(VALUES)
def test_a_histogram_counts_every_sample_once(values: np.ndarray):
    histogram = metric_histogram("m", "M", values)
    outside = histogram.below_count + histogram.above_count + histogram.missing_count
    assert sum(histogram.counts) + outside == len(values)
    assert len(histogram.counts) <= 30


@settings(deadline=None)
@given(VALUES)
def test_a_severe_outlier_lies_beyond_the_moderate_fences_too_and_at_most_half_of_the_values_do(values: np.ndarray):
    search = OutlierSearch(np.empty(0))
    search.add(np.arange(len(values)), values)
    found = search.fences()
    if found.moderate_fences and found.severe_fences:
        moderate, severe = search.beyond(found.moderate_fences)[0], search.beyond(found.severe_fences)[0]
        assert set(severe.tolist()) <= set(moderate.tolist())
        assert len(moderate) <= len(values) / 2
