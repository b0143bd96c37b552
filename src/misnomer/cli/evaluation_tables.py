"""Evaluations for people: scores, classes, confusion, importance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from misnomer.cli.console import one_line, say, say_heading, say_section, tell
from misnomer.cli.table import say_table
from misnomer.cli.words import counted, rounded, with_interval

if TYPE_CHECKING:
    from misnomer.evaluation.results import Evaluation, MetricImportance, MetricPerformance

_MATRIX_CLASSES = 12
_POLICY_WORDS = {
    "exclude": "a sample without prediction is in no score",
    "wrong": "a sample without prediction counts as wrong",
    "error": "every sample has to have a prediction",
}


def say_evaluations(evaluations: Sequence["Evaluation"], *, limit: int | None) -> None:
    """Print the scores of one or several models side by side, then each one's tables of at most ``limit`` rows."""
    say_summaries(evaluations)
    for evaluation in evaluations:
        of_model = f" of {one_line(evaluation.model or '')}" if len(evaluations) > 1 else ""
        _say_classes(evaluation, of_model, limit)
        _say_confusion(evaluation, of_model)
        _say_pairs(evaluation, of_model, limit)
        _say_importance(evaluation, of_model, limit)


def say_summaries(evaluations: Sequence["Evaluation"]) -> None:
    """Print what the scores are of, the scores of the models side by side, and what to know about them."""
    for evaluation in evaluations:
        _say_coverage(evaluation)
    _say_scores(evaluations)
    if any(evaluation.not_available or evaluation.notes for evaluation in evaluations):
        say()
    for evaluation in evaluations:
        _say_notes(evaluation)


def _say_coverage(evaluation: "Evaluation") -> None:
    model = f"{one_line(evaluation.model)}: " if evaluation.model else ""
    say(
        f"{model}{counted(evaluation.sample_count, 'sample')}, {evaluation.labelled_count:,} with label, "
        f"{evaluation.predicted_count:,} of these with prediction; {_POLICY_WORDS[evaluation.missing_policy]}"
    )


def _say_scores(evaluations: Sequence["Evaluation"]) -> None:
    names = list(dict.fromkeys(name for evaluation in evaluations for name in evaluation.scores))
    models = [evaluation.model or "" for evaluation in evaluations]
    if not names:
        return
    say()
    say_table(
        ["score", *(models if len(models) > 1 else ["value"])],
        [[name, *(_score(evaluation, name) for evaluation in evaluations)] for name in names],
    )


def _score(evaluation: "Evaluation", name: str) -> str:
    estimate = evaluation.scores.get(name)
    return "–" if estimate is None else with_interval(estimate.value, estimate.interval, digits=4)


def _say_notes(evaluation: "Evaluation") -> None:
    of_model = f" ({one_line(evaluation.model)})" if evaluation.model else ""
    for reason, names in _by_reason(evaluation.not_available).items():
        say(f"not available{of_model}: {', '.join(names)}: {one_line(reason)}")
    for note in evaluation.notes:
        say(f"note{of_model}: {one_line(note)}")


def _by_reason(not_available: dict[str, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, reason in not_available.items():
        names.setdefault(reason, []).append(name)
    return names


def _say_classes(evaluation: "Evaluation", of_model: str, limit: int | None) -> None:
    rows = sorted(evaluation.classes, key=lambda row: row.f1.value)
    if not rows:
        return
    say_section(f"classes{of_model}, lowest F1 first")
    say_table(
        ["class", "labelled", "predicted", "precision", "recall", "f1"],
        [
            [
                row.name,
                f"{row.support:,}",
                f"{row.predicted:,}",
                *(with_interval(rate.value, rate.interval) for rate in (row.precision, row.recall, row.f1)),
            ]
            for row in rows[:limit]
        ],
    )
    _tell_left_out(len(rows), limit, "classes")


def _say_confusion(evaluation: "Evaluation", of_model: str) -> None:
    names = evaluation.confusion.classes
    if not 0 < len(names) <= _MATRIX_CLASSES:
        return
    say_section(f"confusion{of_model}: rows are labels, columns predictions")
    counts = evaluation.confusion.dense().tolist()
    say_table(["", *names], [[name, *map(str, row)] for name, row in zip(names, counts, strict=True)])


def _say_pairs(evaluation: "Evaluation", of_model: str, limit: int | None) -> None:
    pairs = evaluation.confused_pairs
    if not pairs:
        return
    say_section(f"most confused{of_model}")
    say_table(
        ["label", "prediction", "direction", "count", "of label", "reverse"],
        [
            [
                *(pair.label, pair.prediction, pair.direction, f"{pair.count:,}"),
                f"{pair.count / pair.support:.1%}",
                f"{pair.reverse_count:,}",
            ]
            for pair in pairs[:limit]
        ],
        text_columns=3,
    )
    _tell_left_out(len(pairs), limit, "pairs")


def _say_importance(evaluation: "Evaluation", of_model: str, limit: int | None) -> None:
    rows = evaluation.importance
    if not rows:
        return
    say_section(f"importance{of_model}: what a metric tells about the model being right, 0 to 1")
    if any(row.noise_floor > 0 or row.importance > 0 for row in rows):
        _say_ranking(rows, limit)
    if evaluation.importance_sentence:
        say(one_line(evaluation.importance_sentence))


def _say_ranking(rows: Sequence["MetricImportance"], limit: int | None) -> None:
    say_table(
        ["metric", "signal", "importance", "noise", "given label", "Spearman", "p"],
        [
            [
                row.metric,
                "yes" if row.significant else "no",
                rounded(row.importance),
                rounded(row.noise_floor),
                *map(rounded, (row.adjusted_importance, row.spearman, row.p_value)),
            ]
            for row in rows[:limit]
        ],
        text_columns=2,
    )
    _tell_left_out(len(rows), limit, "metrics")


def say_performance(performance: "MetricPerformance", *, of_model: str) -> None:
    """Print a rate by a metric: its sentence, and a line a bin."""
    overall = "" if performance.overall is None else f"; overall {rounded(performance.overall)}"
    say_heading(f"{performance.rate} by {one_line(performance.title)}{of_model}{overall}")
    say_table(
        ["from", "to", "samples", performance.rate],
        [
            [
                *(rounded(bin.low), rounded(bin.high), f"{bin.sample_count:,}"),
                with_interval(bin.rate, bin.interval),
            ]
            for bin in performance.bins
        ],
        text_columns=0,
    )
    say(one_line(performance.sentence))


def _tell_left_out(total: int, limit: int | None, word: str) -> None:
    if limit is not None and total > limit:
        tell(f"{total - limit:,} more {word}; --limit 0 shows all")
