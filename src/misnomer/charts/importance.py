"""How much each metric tells about the model being right, above what noise would."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from misnomer.charts.names import shown_names
from misnomer.charts.theme import (
    ROW_PX,
    WIDTH_PX,
    Chart,
    Palette,
    Width,
    finish,
    finite,
    layered,
    message,
    palette,
    rows_data,
)
from misnomer.evaluation.results import Evaluation, ImportanceReport, MetricImportance

_TITLE = "What goes with being right"


def importance(
    evaluation: Evaluation | ImportanceReport, *, limit: int = 25, width: Width = WIDTH_PX, dark: bool = False
) -> Chart:
    """Importance of each metric as a bar, grey below the noise floor; beside it the direction of its correlation.

    Args:
        evaluation: its ``importance`` is drawn, the most important metric on top; metrics that cannot be judged are
            named in a sentence, with the reason.
        limit: with more metrics, the first ``limit`` are drawn, and the chart says so.
        width: in px, or "container".
        dark: colours for a dark page.
    """
    if not evaluation.importance:
        return message(
            _TITLE,
            "The importance of metrics has not been computed: it needs metrics, labels and predictions.",
            width=width,
            dark=dark,
        )
    if all(row.reason is not None for row in evaluation.importance):
        return message(_TITLE, evaluation.importance_sentence or "No metric can be judged.", width=width, dark=dark)
    judged = [row for row in evaluation.importance if row.reason is None]
    metrics = sorted(judged, key=lambda row: -(finite(row.importance) or 0.0))
    drawn = metrics[:limit]
    sentences = [evaluation.importance_sentence or ""]
    sentences.append("▲ ▼: more often right where the metric is high, low (rank correlation).")
    if len(drawn) < len(metrics):
        sentences.append(f"The first {len(drawn):,} of {len(metrics):,} metrics.")
    layers = _layers(drawn, palette(dark))
    sentences += _not_judged([row for row in evaluation.importance if row.reason is not None])
    return finish(
        layers, title=_TITLE, sentences=sentences, width=width, dark=dark, height=ROW_PX * len(drawn), right_px=64
    )


def _not_judged(rows: Sequence[MetricImportance]) -> list[str]:
    """One sentence for each reason, in the order of the metrics."""
    titles: dict[str, list[str]] = {}
    for row in rows:
        titles.setdefault(row.reason or "", []).append(row.title)
    return [f"Not judged: {', '.join(shown_names(titles[reason]))} ({reason})." for reason in titles]


def _layers(metrics: Sequence[MetricImportance], colours: Palette) -> alt.LayerChart:
    shown = shown_names([row.title for row in metrics])
    rows = [_row(row, title) for row, title in zip(metrics, shown, strict=True)]
    floor = max(row["noise_floor"] or 0.0 for row in rows)
    top = max(*(row["importance"] or 0.0 for row in rows), floor, 0.01) * 1.08
    low = min(0.0, *(row["importance"] or 0.0 for row in rows))
    by_title = alt.Y("name:N", sort=shown, title=None, axis=alt.Axis(labelColor=colours.ink))
    share = alt.X(
        "importance:Q",
        title="Share of what there is to know about being right",
        scale=alt.Scale(domain=[low, top], nice=False),
        axis=alt.Axis(format=".0%" if top > 0.05 else ".1%", tickCount=5, labelFlush=False),
    )
    base = alt.Chart(rows_data(rows)).encode(y=by_title)
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.62}).encode(
        x=share,
        color=alt.condition(alt.datum.significant, alt.value(colours.accent), alt.value(colours.noise)),
        tooltip=_tooltips(),
        description=alt.Description("about:N"),
    )
    direction = base.mark_text(align="left", dx=8, fontSize=12, aria=False).encode(
        x=alt.value("width"),
        text=alt.Text("direction:N"),
        color=alt.Color(
            "colour:N",
            scale=alt.Scale(domain=["up", "down", "none"], range=[colours.right, colours.wrong, colours.muted]),
            legend=None,
        ),
    )
    noise = alt.Chart(rows_data([{"floor": floor, "text": "noise floor", "about": f"Noise floor: {floor:.4f}"}]))
    rule = noise.mark_rule(color=colours.ink, strokeDash=[4, 3], strokeWidth=1.5).encode(
        x=alt.X("floor:Q"),
        description=alt.Description("about:N"),
        tooltip=[alt.Tooltip("floor:Q", title="Noise floor", format=".4f")],
    )
    name = noise.mark_text(
        color=colours.ink,
        fontSize=12,
        baseline="bottom",
        dy=-4,
        align="left" if floor < 0.5 * top else "right",
        aria=False,
    ).encode(x=alt.X("floor:Q"), y=alt.value(0), text=alt.Text("text:N"))
    return layered(bars, rule, name, direction)


def _tooltips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("title:N", title="Metric"),
        alt.Tooltip("importance:Q", title="Importance", format=".4f"),
        alt.Tooltip("noise_floor:Q", title="Noise floor", format=".4f"),
        alt.Tooltip("adjusted_importance:Q", title="Given the label", format=".4f"),
        alt.Tooltip("spearman:Q", title="Spearman", format="+.4f"),
        alt.Tooltip("p_value:Q", title="p-value", format=".3g"),
        alt.Tooltip("sample_count:Q", title="Samples", format=","),
    ]


def _row(row: MetricImportance, name: str) -> dict[str, Any]:
    spearman = finite(row.spearman)
    standing = "above the noise floor" if row.significant else "not distinguishable from noise"
    return {
        "metric": row.metric,
        "title": row.title,
        "name": name,
        "importance": finite(row.importance),
        "noise_floor": finite(row.noise_floor),
        "significant": row.significant,
        "adjusted_importance": finite(row.adjusted_importance),
        "spearman": spearman,
        "p_value": finite(row.p_value),
        "sample_count": row.sample_count,
        "direction": "" if spearman is None else f"{'▲' if spearman >= 0 else '▼'} {spearman:+.2f}".replace("-", "−"),
        "colour": "none" if spearman is None or not row.significant else "up" if spearman >= 0 else "down",
        "about": f"{name}: importance {row.importance:.4f}, {standing}; {row.sample_count:,} samples",
    }
