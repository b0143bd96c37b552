import numpy as np

from misnomer.evaluation.outlier_report import metric_outliers, with_extremes
from misnomer.schema import Metric
from tests.unit.evaluation.test_outliers import searched

WIDTH = Metric("width", "Width", "", "", 0, None, "px", "header")


def test_the_farthest_values_come_first():
    values = np.array([*range(1, 8), 17.0, -30.0, 13.5, np.nan])
    # Q1 = 2.25, Q3 = 6.75: fences −4.5, 13.5 and −9, 18.
    summary, ids, extremes = metric_outliers(WIDTH, searched(values), limit=2)
    assert (summary.moderate_count, summary.severe_count, summary.sample_count) == (1, 1, 10)
    assert (summary.low_count, summary.high_count) == (1, 1)
    found = with_extremes(summary, ids, extremes, {8: "low", 7: "high"})
    assert [(extreme.key, extreme.value, extreme.severe) for extreme in found.extremes] == [
        ("low", -30.0, True),
        ("high", 17.0, False),
    ]


def test_a_value_between_the_fences_is_moderate():
    values = np.array([0.0, 1, 2, 3, 4, 7])
    summary, ids, _ = metric_outliers(WIDTH, searched(values), limit=5)
    # Q1 = 1.25, Q3 = 3.75, IQR = 2.5: fences −2.5, 7.5 and −5, 10.
    assert summary.moderate_fences == (-2.5, 7.5)
    assert ids.tolist() == []


def test_nothing_known_is_nothing_found():
    summary, ids, _ = metric_outliers(WIDTH, searched(np.full(3, np.nan)), limit=5)
    assert (summary.sample_count, summary.quartiles, ids.tolist()) == (0, None, [])
    assert (summary.low_count, summary.high_count) == (0, 0)


def test_each_side_is_counted():
    summary, _, _ = metric_outliers(WIDTH, searched(np.array([*range(1, 9), -9.0, -20.0, 30.0])), limit=0)
    # Q1 = 1.5, Q3 = 6.5: fences −6, 14 and −11, 19.
    assert (summary.moderate_count, summary.severe_count) == (1, 2)
    assert (summary.low_count, summary.high_count) == (2, 1)
