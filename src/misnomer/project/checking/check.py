"""Rules held against a project, and against other models or stored evaluations."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from misnomer.errors import InputError, UnknownName, UnreadableSource
from misnomer.evaluation.results import Estimate, Evaluation
from misnomer.evaluation.rules import CheckedRule, CheckReport, Rule, check_report, judge
from misnomer.filters import Filter
from misnomer.project.comparing import compare_models
from misnomer.project.evaluating import evaluate
from misnomer.store.database import Database
from misnomer.store.models import Model, find_model, models

Found = tuple[Estimate | None, int, str]
"""A score, the samples behind it, and why it is not available."""


def check_project(database: Database, rules: Sequence[Rule], directory: Path) -> CheckReport:
    """Hold every rule against the project; each model and filter is evaluated once.

    Args:
        directory: what the paths of stored evaluations are relative to.

    Raises:
        UnknownName, InputError: a rule names a score, model, class or file that is not there.
    """
    evaluations: dict[tuple[str, Filter], Evaluation] = {}

    def scores_of(model: Model, filter: Filter) -> Evaluation:
        if (model.name, filter) not in evaluations:
            evaluations[model.name, filter] = evaluate(database, model, filter, with_importance=False)
        return evaluations[model.name, filter]

    def checked(rule: Rule) -> CheckedRule:
        model = find_model(database, rule.model)
        value, sample_count, reason = _score(scores_of(model, rule.filter), rule)
        if rule.baseline is None or value is None:
            return judge(rule, model.name, value, sample_count, reason=reason)
        other = next((one for one in models(database) if one.name == rule.baseline), None)
        if other is None:
            baseline, change = _against_stored(rule, value, directory / rule.baseline, model.name), None
        else:
            baseline = _known(_score(scores_of(other, rule.filter), rule), rule)
            change = _paired_change(database, rule, model, other)
        change = change or Estimate(value=value.value - baseline)
        return judge(rule, model.name, value, sample_count, baseline=baseline, change=change)

    return check_report([checked(rule) for rule in rules])


def _score(evaluation: Evaluation, rule: Rule) -> Found:
    if rule.of_class is None:
        if rule.score not in evaluation.scores and rule.score not in evaluation.not_available:
            raise UnknownName("score", rule.score, [*evaluation.scores, *evaluation.not_available])
        reason = evaluation.not_available.get(rule.score, "")
        return evaluation.scores.get(rule.score), evaluation.predicted_count, reason
    for row in evaluation.classes:
        if row.name == rule.of_class:
            return getattr(row, rule.score), row.support, "Needs the probabilities of all classes."
    return None, 0, f"No sample is labelled or predicted as {rule.of_class!r}."


def _known(found: Found, rule: Rule) -> float:
    value, _, reason = found
    if value is None:
        raise InputError(f"The baseline {rule.baseline!r} has no {rule.score}: {reason}")
    return value.value


def _paired_change(database: Database, rule: Rule, model: Model, other: Model) -> Estimate | None:
    if rule.bound == "value":
        return None
    return compare_models(database, model, other, rule.filter, labels="given", level=None).difference


def _against_stored(rule: Rule, value: Estimate, path: Path, model: str) -> float:
    if rule.bound == "interval":
        raise InputError(
            f"The baseline {rule.baseline!r} is a stored evaluation, which has no samples.",
            hint='Name a model of the project as the baseline, or leave out bound = "interval".',
        )
    document = _stored(rule, path)
    found = [one for one in document.get("evaluations", [document]) if one.get("model", model) == model]
    if not found:
        raise UnknownName("model in the baseline", model, [str(one.get("model")) for one in document["evaluations"]])
    scores: Mapping[str, Any] = found[0].get("scores", {})
    if rule.of_class is not None:
        scores = next((row for row in found[0].get("classes", []) if row.get("name") == rule.of_class), {})
    try:
        return float(scores[rule.score]["value"])
    except (KeyError, TypeError):
        raise InputError(f"The baseline {rule.baseline!r} has no {rule.score}.") from None


def _stored(rule: Rule, path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise UnreadableSource(
            f"The baseline {rule.baseline!r} is neither a model nor a stored evaluation: {problem}.",
            hint="Store one: misnomer evaluate PROJECT --json > baseline.json",
        ) from None
    if not isinstance(document, dict):
        raise UnreadableSource(f"The baseline {rule.baseline!r} is no evaluation.")
    return document
