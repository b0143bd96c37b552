"""The report: one HTML file with the scores, the charts, the worst classes, examples, and what happened at import.

It needs neither network nor script, and its size is bounded however large the project: see ``report_parts``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from misnomer import settings
from misnomer.evaluation.results import Evaluation, MetricPerformance
from misnomer.writers.atomic import written_whole


class FindingLike(Protocol):
    """One kind of oddity met at import."""

    @property
    def sentence(self) -> str: ...
    @property
    def keys(self) -> Sequence[str]: ...


class ImportLike(Protocol):
    """What one import matched and met: ``readers.report.ImportReport`` and results made from it."""

    @property
    def source(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def findings(self) -> Sequence[FindingLike]: ...


@dataclass(frozen=True)
class Example:
    """A thumbnail, as ``data:image/…;base64,…``, of the sample ``key``."""

    key: str
    data_uri: str


@dataclass(frozen=True)
class Histogram:
    """Samples per bin of a metric: B counts between B + 1 edges, and how many lie below and above them."""

    title: str
    unit: str
    edges: Sequence[float]
    counts: Sequence[int]
    beyond: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class ReportContent:
    """What a report tells.

    Attributes:
        title: of the project.
        created: when.
        version: of misnomer.
        summary: facts about the data, by their names, in order; e.g. {"Images": "3,812", "Filter": "all"}.
        evaluations: one a model; ``model`` names it.
        by_metric: by model, its performance by the metrics worth a chart, most important first.
        metric_units: by metric's key, e.g. {"width": "px"}.
        histograms: of metrics.
        constants: metrics with one value for all samples that have one, and this value, e.g. {"Width": "64 px"}.
        class_balance: (class, labelled samples).
        examples: by (model, label, prediction), samples of this confusion.
        import_reports: one an import, in order.
        confidence_level: of every interval.
    """

    title: str
    created: datetime
    version: str
    summary: Mapping[str, str]
    evaluations: Sequence[Evaluation]
    by_metric: Mapping[str, Sequence[MetricPerformance]] = field(default_factory=dict)
    metric_units: Mapping[str, str] = field(default_factory=dict)
    histograms: Sequence[Histogram] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    class_balance: Sequence[tuple[str, int]] = ()
    examples: Mapping[tuple[str, str, str], Sequence[Example]] = field(default_factory=dict)
    import_reports: Sequence[ImportLike] = ()
    confidence_level: float = field(default_factory=lambda: settings.get_float("confidence_level"))


def write_report(path: str | Path, content: ReportContent) -> None:
    """Write the report; the file is whole or not there.

    Raises:
        InputError: the path's folder is not there.
        StorageFailure: the disk refused.
    """
    html = render_report(content)
    with written_whole(path) as partial:
        partial.write_text(html, encoding="utf-8")


def render_report(content: ReportContent) -> str:
    """The report as HTML. Every name in it is escaped; what cannot be shown in a name is written out."""
    import jinja2

    from misnomer.charts.names import shown_name, shown_text
    from misnomer.writers import report_parts, score_titles, svg

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "name": shown_name,
        "text": shown_text,
        "count": "{:,}".format,
        "score_title": score_titles.score_title,
    }
    environment.globals |= {
        "score_text": score_titles.score_text,
        "interval_text": score_titles.interval_text,
        "lower_is_better": score_titles.LOWER_IS_BETTER,
    }
    parts: dict[str, Any] = {
        "content": content,
        "models": report_parts.model_parts(content),
        "scores": report_parts.score_rows(content.evaluations),
        "headlines": report_parts.headlines(content.evaluations),
        "coverage": [report_parts.coverage_sentence(evaluation) for evaluation in content.evaluations],
        "metric_figures": report_parts.metric_figures(content),
        "data_figures": report_parts.data_figures(content),
        "imports": report_parts.import_parts(content),
        "left_out": report_parts.left_out(content),
        "style": _resource("report.css"),
        "light": svg.colour_rules(dark=False),
        "dark": svg.colour_rules(dark=True),
        "chart_classes": svg.class_rules(),
    }
    return environment.from_string(_resource("report.html.j2")).render(parts)


def _resource(name: str) -> str:
    return files("misnomer.writers").joinpath(name).read_text(encoding="utf-8")
