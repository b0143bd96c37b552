"""A rule that a score must keep, and what becomes of it."""

from dataclasses import dataclass
from typing import Literal

from misnomer.evaluation.results import Estimate, Result
from misnomer.filters import Filter

Bound = Literal["value", "interval"]
Verdict = Literal["passed", "failed", "skipped"]

CLASS_SCORES = ("precision", "recall", "f1", "roc_auc", "average_precision")
LOWER_IS_BETTER = ("log_loss", "brier_score", "expected_calibration_error")


@dataclass(frozen=True)
class Rule:
    """What a score must keep, on the samples of a filter.

    Attributes:
        score: a score of an evaluation, or with ``of_class`` one of a class.
        model: None: the only one.
        lower_bound, upper_bound: of the score.
        baseline: a model's name or the path of a stored evaluation; ``max_drop`` and ``max_relative_drop`` say by how
            much the score may be worse than the baseline's: in its own unit, and as a fraction of the baseline's.
        bound: "value": the score itself is held against the bounds; "interval": the unfavourable end of its interval,
            so that a rule is kept only if the data show that it is.
        minimum_support: with fewer samples the rule is skipped.
    """

    name: str
    score: str
    filter: Filter
    of_class: str | None = None
    model: str | None = None
    lower_bound: float | None = None
    upper_bound: float | None = None
    baseline: str | None = None
    max_drop: float | None = None
    max_relative_drop: float | None = None
    bound: Bound = "value"
    minimum_support: int = 1


class CheckedRule(Result):
    """What became of a rule: ``sentence`` says why."""

    name: str
    model: str
    score: str
    of_class: str | None = None
    verdict: Verdict
    sample_count: int
    value: Estimate | None = None
    baseline: float | None = None
    sentence: str


class CheckReport(Result):
    """What became of every rule. It passed when none failed."""

    passed: bool
    failed_count: int
    skipped_count: int
    rules: tuple[CheckedRule, ...]


def judge(
    rule: Rule,
    model: str,
    value: Estimate | None,
    sample_count: int,
    *,
    baseline: float | None = None,
    change: Estimate | None = None,
    reason: str = "",
) -> CheckedRule:
    """Hold a score against a rule.

    Args:
        value: the score; None: not available, ``reason`` says why.
        sample_count: behind the score.
        baseline: the baseline's score on the same samples, or as stored.
        change: of the score against the baseline, with its interval where the rule wants one.
    """
    if sample_count < rule.minimum_support:
        verdict: Verdict = "skipped"
        sentence = f"{sample_count:,} samples, fewer than {rule.minimum_support:,}"
    elif value is None:
        verdict, sentence = "failed", f"{rule.score} is not available: {reason}"
    else:
        broken = [*_broken_bounds(rule, value), *_broken_change(rule, baseline, change)]
        verdict, sentence = ("failed", "; ".join(broken)) if broken else ("passed", f"{rule.score} is {_text(value)}")
    return CheckedRule(
        name=rule.name,
        model=model,
        score=rule.score,
        of_class=rule.of_class,
        verdict=verdict,
        sample_count=sample_count,
        value=value,
        baseline=baseline,
        sentence=sentence,
    )


def _broken_bounds(rule: Rule, value: Estimate) -> list[str]:
    low, high = _ends(rule, value)
    broken = []
    if rule.lower_bound is not None and low < rule.lower_bound:
        broken.append(f"{rule.score} is {_text(value)}, below {rule.lower_bound:g}")
    if rule.upper_bound is not None and high > rule.upper_bound:
        broken.append(f"{rule.score} is {_text(value)}, above {rule.upper_bound:g}")
    return broken


def _broken_change(rule: Rule, baseline: float | None, change: Estimate | None) -> list[str]:
    if baseline is None or change is None:
        return []
    low, high = _ends(rule, change)
    drop = high if rule.score in LOWER_IS_BETTER else -low
    limits = [] if rule.max_drop is None else [rule.max_drop]
    limits += [] if rule.max_relative_drop is None else [rule.max_relative_drop * abs(baseline)]
    return [
        f"{rule.score} changed by {_text(change)} from {baseline:.4f}, worse than the {limit:.4g} allowed"
        for limit in limits
        if drop > limit + 1e-12  # 0.9 − 0.8 is more than 0.1
    ]


def _ends(rule: Rule, estimate: Estimate) -> tuple[float, float]:
    if rule.bound == "value" or estimate.interval is None:
        return estimate.value, estimate.value
    return estimate.interval


def _text(estimate: Estimate) -> str:
    if estimate.interval is None:
        return f"{estimate.value:.4f}"
    return f"{estimate.value:.4f} [{estimate.interval[0]:.4f}, {estimate.interval[1]:.4f}]"


def check_report(rules: list[CheckedRule]) -> CheckReport:
    """All rules together."""
    failed = sum(rule.verdict == "failed" for rule in rules)
    skipped = sum(rule.verdict == "skipped" for rule in rules)
    return CheckReport(passed=failed == 0, failed_count=failed, skipped_count=skipped, rules=tuple(rules))
