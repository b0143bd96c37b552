"""The paired comparison equals SciPy and the definition of its interval, which holds the truth as often as it says."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest, norm

from misnomer.evaluation.paired import mcnemar_p_value, paired_difference_interval


def test_mcnemars_test_is_the_binomial_test_of_the_disagreements():
    firsts, seconds = (grid.ravel() for grid in np.meshgrid(np.arange(40), np.arange(1, 40)))
    expected = [binomtest(int(b), int(b + c)).pvalue for b, c in zip(firsts, seconds, strict=True)]
    assert mcnemar_p_value(firsts, seconds) == pytest.approx(expected, rel=1e-9)


def likelihood_score(first: int, second: int, count: int, difference: float) -> float:
    """The score at a supposed difference, the nuisance rate found by maximising the likelihood numerically."""

    def loss(second_rate: float) -> float:
        cells = [(first, second_rate + difference), (second, second_rate)]
        cells.append((count - first - second, 1 - 2 * second_rate - difference))
        return -sum(n * np.log(rate) for n, rate in cells if n)

    bounds = (max(0.0, -difference) + 1e-12, (1 - difference) / 2 - 1e-12)
    second_rate = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x
    spread = count * (2 * second_rate + difference * (1 - difference))
    return (first - second - count * difference) / np.sqrt(spread)


@pytest.mark.parametrize(("first", "second", "count"), [(12, 2, 50), (43, 0, 44), (3, 7, 40), (150, 170, 4000)])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_the_score_at_each_end_of_the_interval_is_the_normal_quantile(first, second, count, level):
    (low,), (high,) = paired_difference_interval(np.array([first]), np.array([second]), np.array([count]), level)
    z = norm.ppf((1 + level) / 2)
    assert likelihood_score(first, second, count, low) == pytest.approx(z, abs=1e-5)
    assert likelihood_score(first, second, count, high) == pytest.approx(-z, abs=1e-5)


@pytest.mark.parametrize("rates", [(0.10, 0.05, 0.85), (0.1, 0.1, 0.8), (0.3, 0.1, 0.6)])
@pytest.mark.parametrize("count", [40, 400])
def test_the_interval_holds_the_true_difference_in_about_95_of_100_sets(rates, count):
    drawn = np.random.default_rng(0).multinomial(count, rates, size=20_000)
    low, high = paired_difference_interval(drawn[:, 0], drawn[:, 1], np.full(len(drawn), count), 0.95)
    truth = rates[0] - rates[1]
    assert 0.935 <= np.mean((low <= truth) & (truth <= high)) <= 0.975
