import pytest

from misnomer.evaluation.results import Estimate
from misnomer.evaluation.rules import Rule, check_report, judge
from misnomer.filters import Filter


def verdict(
    value: float | None = 0.9, interval=(0.85, 0.94), count: int = 100, baseline=None, change=None, **rule
) -> str:
    estimate = None if value is None else Estimate(value=value, interval=interval)
    rule.setdefault("score", "accuracy")
    asked = Rule(name="r", filter=Filter(), **rule)
    return judge(asked, "m", estimate, count, baseline=baseline, change=change, reason="why").verdict


def test_bounds_are_inclusive():
    assert verdict(lower_bound=0.9) == "passed"
    assert verdict(lower_bound=0.901) == "failed"
    assert verdict(upper_bound=0.9) == "passed"
    assert verdict(upper_bound=0.89) == "failed"


def test_by_the_interval_its_worse_end_counts():
    assert verdict(lower_bound=0.86, bound="interval") == "failed"
    assert verdict(lower_bound=0.85, bound="interval") == "passed"
    assert verdict(upper_bound=0.93, bound="interval") == "failed"


def test_a_drop_within_the_limit_is_allowed():
    change = Estimate(value=0.8 - 0.9, interval=(-0.15, -0.05))
    assert verdict(0.8, baseline=0.9, change=change, max_drop=0.1) == "passed"
    assert verdict(0.8, baseline=0.9, change=change, max_drop=0.09) == "failed"
    assert verdict(0.8, baseline=0.9, change=change, max_relative_drop=0.12) == "passed"
    assert verdict(0.8, baseline=0.9, change=change, max_relative_drop=0.11) == "failed"
    assert verdict(0.8, baseline=0.9, change=change, max_drop=0.1, bound="interval") == "failed"


def test_a_negative_drop_demands_a_gain():
    assert verdict(baseline=0.88, change=Estimate(value=0.02), max_drop=-0.01) == "passed"
    assert verdict(baseline=0.895, change=Estimate(value=0.005), max_drop=-0.01) == "failed"


@pytest.mark.parametrize("score", ["log_loss", "brier_score", "expected_calibration_error"])
def test_of_a_loss_more_is_worse(score: str):
    assert verdict(score=score, baseline=0.3, change=Estimate(value=0.05), max_drop=0.04) == "failed"
    assert verdict(score=score, baseline=0.3, change=Estimate(value=-0.05), max_drop=0.0) == "passed"


def test_too_few_samples_skip_and_a_missing_score_fails():
    assert verdict(lower_bound=0.99, count=19, minimum_support=20) == "skipped"
    assert verdict(None, lower_bound=0.5) == "failed"
    assert verdict(None, lower_bound=0.5, count=0) == "skipped"


def test_skipped_rules_break_nothing():
    rule = Rule(name="r", score="accuracy", filter=Filter(), lower_bound=0.5, minimum_support=20)
    skipped = judge(rule, "m", Estimate(value=0.1), 3)
    assert check_report([skipped]).passed
    failed = judge(rule, "m", Estimate(value=0.1), 30)
    report = check_report([skipped, failed])
    assert (report.passed, report.failed_count, report.skipped_count) == (False, 1, 1)
