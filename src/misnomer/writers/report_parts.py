"""What the report shows, chosen so that its size is bounded: the most important first, and what is left out is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from misnomer import charts
from misnomer.evaluation.results import ClassScores, ConfusedPair, Estimate, Evaluation, MetricPerformance
from misnomer.writers.score_titles import HEADLINE_SCORES, SCORE_TITLES
from misnomer.writers.svg import Figure, figure

if TYPE_CHECKING:
    from misnomer.writers.report import Example, ImportLike, ReportContent

MODELS, MODELS_IN_TABLE = 4, 24
CONFUSION_CLASSES, CHART_CLASSES, WORST_CLASSES = 40, 25, 15
PAIRS, EXAMPLES_PER_PAIR, EXAMPLE_BYTES, ALL_EXAMPLE_BYTES = 8, 8, 40_000, 1_000_000
METRICS, HISTOGRAMS = 6, 12
IMPORTS, FINDINGS, KEYS = 20, 30, 10

_IMAGE_URI = re.compile(r"data:image/(?:png|jpeg|webp|gif|avif);base64,[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class PairPart:
    """One confusion with examples of it."""

    pair: ConfusedPair
    examples: Sequence["Example"]


@dataclass(frozen=True)
class ModelPart:
    """One model's section."""

    name: str
    evaluation: Evaluation
    figures: Sequence[Figure]
    worst: Sequence[ClassScores]
    pairs: Sequence[PairPart]


@dataclass(frozen=True)
class Headline:
    """One model's value of one headline score; the bar's parts in percent of 0 to 1."""

    model: str
    estimate: Estimate
    low: float
    high: float
    middle: float


@dataclass(frozen=True)
class ImportPart:
    """One import: its counts, and its findings each with the first keys and how many more there are."""

    report: "ImportLike"
    findings: Sequence[tuple[str, Sequence[str], int]]
    more_count: int


def model_name(evaluation: Evaluation) -> str:
    """The model's name; a score without a project has none."""
    return evaluation.model or "model"


def model_parts(content: "ReportContent") -> list[ModelPart]:
    """The sections of the first models."""
    examples = _affordable_examples(content)
    return [
        ModelPart(
            name=model_name(evaluation),
            evaluation=evaluation,
            figures=_model_figures(evaluation),
            worst=sorted(evaluation.classes, key=lambda row: (row.f1.value, row.name))[:WORST_CLASSES],
            pairs=[
                PairPart(pair, examples.get((model_name(evaluation), pair.label, pair.prediction), ()))
                for pair in evaluation.confused_pairs[:PAIRS]
            ],
        )
        for evaluation in content.evaluations[:MODELS]
    ]


def _model_figures(evaluation: Evaluation) -> list[Figure]:
    drawn = [
        charts.precision_recall(evaluation, limit=CHART_CLASSES),
        charts.confusion_matrix(evaluation, limit=CONFUSION_CLASSES),
    ]
    if evaluation.importance:
        drawn += [charts.importance(evaluation), charts.correlation(evaluation)]
    if evaluation.reliability:
        drawn.append(charts.reliability(evaluation))
    return [figure(chart) for chart in drawn]


def _affordable_examples(content: "ReportContent") -> dict[tuple[str, str, str], list["Example"]]:
    """Examples of the pairs shown, as long as there is room for them; only images inside the file."""
    room = ALL_EXAMPLE_BYTES
    chosen: dict[tuple[str, str, str], list[Example]] = {}
    for evaluation in content.evaluations[:MODELS]:
        for pair in evaluation.confused_pairs[:PAIRS]:
            confusion = (model_name(evaluation), pair.label, pair.prediction)
            for example in content.examples.get(confusion, ())[:EXAMPLES_PER_PAIR]:
                size = len(example.data_uri)
                if size <= min(room, EXAMPLE_BYTES) and _IMAGE_URI.fullmatch(example.data_uri):
                    chosen.setdefault(confusion, []).append(example)
                    room -= size
    return chosen


def score_rows(evaluations: Sequence[Evaluation]) -> list[tuple[str, list[Estimate | None]]]:
    """(score, its estimate by each model) of every score that some model has."""
    known = dict.fromkeys([*SCORE_TITLES, *(name for one in evaluations for name in one.scores)])
    table = [(name, [one.scores.get(name) for one in evaluations[:MODELS_IN_TABLE]]) for name in known]
    return [(name, estimates) for name, estimates in table if any(estimates)]


def headlines(evaluations: Sequence[Evaluation]) -> list[tuple[str, list[Headline]]]:
    """(score, its value by each model) of the four scores on top."""
    return [
        (name, [_headline(one, one.scores[name]) for one in evaluations[:MODELS_IN_TABLE] if name in one.scores])
        for name in HEADLINE_SCORES
    ]


def _headline(evaluation: Evaluation, estimate: Estimate) -> Headline:
    low, high = estimate.interval or (estimate.value, estimate.value)
    return Headline(model_name(evaluation), estimate, 100 * low, 100 * high, 100 * estimate.value)


def coverage_sentence(evaluation: Evaluation) -> str:
    """How many of how many samples the scores rest on, and what became of the rest."""
    name, labelled, predicted = model_name(evaluation), evaluation.labelled_count, evaluation.predicted_count
    unlabelled = evaluation.sample_count - labelled
    sentences = f"{name}: {predicted:,} of {labelled:,} labelled samples have a prediction"
    if labelled > predicted:
        sentences += (
            ", the others count as wrong" if evaluation.missing_policy == "wrong" else ", the others are in no score"
        )
    sentences += "."
    if unlabelled:
        sentences += f" {unlabelled:,} of {evaluation.sample_count:,} samples have no label and are in no score."
    return sentences


def metric_figures(content: "ReportContent") -> list[Figure]:
    """Performance by each metric that the first model has, all models over each other."""
    by_metric: dict[str, dict[str, MetricPerformance]] = {}
    for model, performances in content.by_metric.items():
        for performance in performances:
            by_metric.setdefault(performance.metric, {})[model] = performance
    return [
        figure(charts.by_metric(_alone(by_model), unit=content.metric_units.get(metric, "")))
        for metric, by_model in list(by_metric.items())[:METRICS]
    ]


def _alone(by_model: dict[str, MetricPerformance]) -> MetricPerformance | dict[str, MetricPerformance]:
    return next(iter(by_model.values())) if len(by_model) == 1 else by_model


def data_figures(content: "ReportContent") -> list[Figure]:
    """Class balance and histograms."""
    drawn = [charts.class_balance(content.class_balance)]
    drawn += [
        charts.metric_histogram(h.title, h.edges, h.counts, unit=h.unit, beyond=h.beyond)
        for h in content.histograms[:HISTOGRAMS]
    ]
    return [figure(chart) for chart in drawn]


def import_parts(content: "ReportContent") -> list[ImportPart]:
    """The latest imports, with the first findings and keys of each."""
    return [
        ImportPart(
            report,
            [(f.sentence, f.keys[:KEYS], max(len(f.keys) - KEYS, 0)) for f in report.findings[:FINDINGS]],
            max(len(report.findings) - FINDINGS, 0),
        )
        for report in content.import_reports[-IMPORTS:]
    ]


def left_out(content: "ReportContent") -> list[str]:
    """What there would have been more of."""
    metric_count = len({one.metric for rows in content.by_metric.values() for one in rows})
    shown = [
        ("models in detail", MODELS, len(content.evaluations)),
        ("models in the tables of scores", MODELS_IN_TABLE, len(content.evaluations)),
        ("metrics by performance", METRICS, metric_count),
        ("histograms", HISTOGRAMS, len(content.histograms)),
        ("imports, the latest ones", IMPORTS, len(content.import_reports)),
    ]
    return [f"{limit} of {total:,} {what}" for what, limit, total in shown if total > limit]
