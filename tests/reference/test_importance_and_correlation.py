import numpy as np
import pytest
import scipy.stats
from sklearn.metrics import mutual_info_score
from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information

from misnomer.evaluation.binning import equal_count_bins
from misnomer.evaluation.correlation import adjusted_p_values, correlate
from misnomer.evaluation.importance import importance
from misnomer.evaluation.ordered_metric import order_metric
from misnomer.evaluation.trend import departure_p_value, difference_p_value, trend_p_value
from misnomer.evaluation.within_classes import adjusted_importance


def metric_and_outcome(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=count)
    return (values.round(1) if seed % 2 else values), rng.random(count) < 1 / (1 + np.exp(-values))


def chance_corrected(codes: np.ndarray, wrong: np.ndarray) -> tuple[float, float]:
    """Mutual information less its expectation, and the entropy of the outcome, in nats, by scikit-learn and SciPy."""
    expected = expected_mutual_information(contingency_matrix(codes, wrong, sparse=True), len(wrong))
    entropy = scipy.stats.entropy([wrong.mean(), 1 - wrong.mean()])
    return mutual_info_score(codes, wrong) - expected, entropy


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [90, 165, 2000])
def test_importance_equals_scikit_learns_mutual_information_less_its_expectation(seed: int, count: int):
    values, right = metric_and_outcome(seed, count)
    metric = order_metric("m", values, count)
    codes = equal_count_bins(metric, min(32, count // 20)).codes_of(metric.values)
    told, entropy = chance_corrected(codes, ~right[metric.rows])
    row = importance(right, {"m": values}, {}, permutations=1)[0]
    assert row.importance == pytest.approx(max(told / entropy, 0), abs=1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_adjusted_importance_equals_the_sum_over_classes_of_scikit_learns_parts(seed: int):
    values, right = metric_and_outcome(2 * seed, 700)
    labels = np.random.default_rng(seed).choice([0, 1, 2, 3], 700, p=[0.5, 0.3, 0.18, 0.02])
    told, entropy = 0.0, 0.0
    for label in range(3):
        of_class = labels == label
        size = of_class.sum()
        codes = scipy.stats.rankdata(values[of_class]).astype(int) - 1
        parts = chance_corrected(codes * min(32, size // 10) // size, right[of_class])
        told, entropy = told + size * parts[0], entropy + size * parts[1]
    metric = order_metric("m", values, 700)
    assert np.bincount(labels)[3] < 20
    assert adjusted_importance(metric, ~right[metric.rows], labels) == pytest.approx(told / entropy, abs=1e-10)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("count", [3, 12, 165, 5000])
def test_correlations_and_p_values_equal_scipys(seed: int, count: int):
    values, right = metric_and_outcome(seed, count)
    right[:2] = [True, False]
    metric = order_metric("m", values, count)
    ours = correlate(metric, right[metric.rows])
    spearman, pearson = scipy.stats.spearmanr(values, right), scipy.stats.pearsonr(values, right)
    assert ours.spearman == pytest.approx(spearman.statistic, abs=1e-10)
    assert ours.pearson == pytest.approx(pearson.statistic, abs=1e-10)
    assert ours.spearman_p_value == pytest.approx(spearman.pvalue, abs=1e-10)
    assert ours.pearson_p_value == pytest.approx(pearson.pvalue, abs=1e-10)


def test_adjusted_p_values_equal_scipys():
    p_values = np.random.default_rng(0).random(30) ** 3
    assert adjusted_p_values(p_values) == pytest.approx(scipy.stats.false_discovery_control(p_values), abs=1e-14)


def test_importance_adjusts_p_values_over_the_metrics_shown():
    rng = np.random.default_rng(0)
    right = rng.random(300) < 0.7
    metrics = {f"m{i}": rng.random(300) + 0.2 * right * (i == 0) for i in range(10)}
    expected = scipy.stats.false_discovery_control(
        [scipy.stats.spearmanr(values, right).pvalue for values in metrics.values()]
    )
    rows = {row.metric: row for row in importance(right, metrics | {"constant": np.ones(300)}, {})}
    assert [rows[key].p_value for key in metrics] == pytest.approx(expected, abs=1e-10)
    assert rows["constant"].p_value is None


@pytest.mark.parametrize("seed", range(5))
def test_the_trend_is_the_chi_square_of_the_correlation_of_bin_and_outcome(seed: int):
    rng = np.random.default_rng(seed)
    trials = rng.integers(5, 60, 7)
    successes = rng.binomial(trials, 0.7)
    score = np.repeat(np.arange(7), trials)
    outcome = np.concatenate([np.arange(n) < k for n, k in zip(trials, successes, strict=True)])
    chi_square = len(score) * np.corrcoef(score, outcome)[0, 1] ** 2
    assert trend_p_value(successes, trials) == pytest.approx(scipy.stats.chi2.sf(chi_square, 1), abs=1e-12)


def test_the_trend_equals_the_worked_example_of_agrestis_alcohol_and_malformation():
    # Agresti 2002, table 3.7 with scores 0 … 4: M² = 1.83, computed there with N − 1 for N = 32,574.
    trials, malformed = np.array([17114, 14502, 793, 127, 38]), np.array([48, 38, 5, 1, 1])
    statistic = scipy.stats.chi2.isf(trend_p_value(malformed, trials), 1)
    assert statistic == pytest.approx(1.83, abs=0.005)


def test_the_difference_between_bins_equals_scipys_chi_square():
    successes, trials = np.array([40, 30, 45, 20]), np.array([50, 45, 60, 41])
    expected = scipy.stats.chi2_contingency([successes, trials - successes], correction=False).pvalue
    assert difference_p_value(successes, trials) == pytest.approx(expected, abs=1e-12)


def test_the_departure_from_the_trend_is_what_the_trend_leaves_of_scipys_chi_square():
    successes, trials = np.array([40, 30, 45, 20]), np.array([50, 45, 60, 41])
    whole = scipy.stats.chi2_contingency([successes, trials - successes], correction=False).statistic
    trend = scipy.stats.chi2.isf(trend_p_value(successes, trials), 1)
    assert departure_p_value(successes, trials) == pytest.approx(scipy.stats.chi2.sf(whole - trend, 2), abs=1e-10)
