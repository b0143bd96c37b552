"""In which direction each metric goes with the model being right."""

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

_TITLE = "Correlation with being right"
_ALPHA = 0.05


def correlation(
    evaluation: Evaluation | ImportanceReport, *, limit: int = 25, width: Width = WIDTH_PX, dark: bool = False
) -> Chart:
    """Spearman's rank correlation of each metric with being right as a bar, Pearson's as a tick.

    Args:
        evaluation: its ``importance`` is drawn, the strongest correlation on top.
        limit: with more metrics, the first ``limit`` are drawn, and the chart says so.
        width: in px, or "container".
        dark: colours for a dark page.
    """
    known = [row for row in evaluation.importance or () if finite(row.spearman) is not None]
    if not known:
        return message(
            _TITLE,
            "No correlation is known: it needs a metric that varies, and both right and wrong predictions.",
            width=width,
            dark=dark,
        )
    drawn = sorted(known, key=lambda row: -abs(row.spearman or 0.0))[:limit]
    sentences = [
        "Bar: rank correlation (Spearman). Tick: Pearson. Blue: more often right where the metric is high; orange: "
        f"where it is low; grey: adjusted p-value of {_ALPHA} or more."
    ]
    if len(drawn) < len(known):
        sentences.append(f"The first {len(drawn):,} of {len(known):,} metrics.")
    layers = _layers(drawn, palette(dark))
    return finish(
        layers, title=_TITLE, sentences=sentences, width=width, dark=dark, height=ROW_PX * len(drawn), right_px=80
    )


def _layers(metrics: Sequence[MetricImportance], colours: Palette) -> alt.LayerChart:
    shown = shown_names([row.title for row in metrics])
    rows = [_row(row, title) for row, title in zip(metrics, shown, strict=True)]
    reach = max(max(abs(row["spearman"]), abs(row["pearson"] or 0.0)) for row in rows)
    reach = min(1.0, max(0.1, reach * 1.1))
    base = alt.Chart(rows_data(rows)).encode(
        y=alt.Y("name:N", sort=shown, title=None, axis=alt.Axis(labelColor=colours.ink))
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.62}).encode(
        x=alt.X(
            "spearman:Q",
            title="Correlation, −1 to 1",
            scale=alt.Scale(domain=[-reach, reach], nice=False),
            axis=alt.Axis(format=".2~f", tickCount=4),
        ),
        color=alt.Color(
            "colour:N",
            scale=alt.Scale(domain=["up", "down", "none"], range=[colours.right, colours.wrong, colours.noise]),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("title:N", title="Metric"),
            alt.Tooltip("spearman:Q", title="Spearman", format="+.4f"),
            alt.Tooltip("p_value:Q", title="p-value", format=".3g"),
            alt.Tooltip("pearson:Q", title="Pearson", format="+.4f"),
            alt.Tooltip("pearson_p_value:Q", title="its p-value", format=".3g"),
            alt.Tooltip("sample_count:Q", title="Samples", format=","),
        ],
        description=alt.Description("about:N"),
    )
    pearson = base.mark_tick(color=colours.ink, thickness=2, height={"band": 0.8}, aria=False).encode(
        x=alt.X("pearson:Q")
    )
    zero = alt.Chart(rows_data([{"zero": 0}])).mark_rule(color=colours.muted, aria=False).encode(x=alt.X("zero:Q"))
    p_values = base.mark_text(align="left", dx=8, fontSize=12, color=colours.muted, aria=False).encode(
        x=alt.value("width"), text=alt.Text("p_text:N")
    )
    return layered(bars, zero, pearson, p_values)


def _row(row: MetricImportance, name: str) -> dict[str, Any]:
    spearman, p_value = row.spearman or 0.0, finite(row.p_value)
    significant = p_value is not None and p_value < _ALPHA
    p_text = "" if p_value is None else "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"
    return {
        "metric": row.metric,
        "title": row.title,
        "name": name,
        "spearman": spearman,
        "pearson": finite(row.pearson),
        "p_value": p_value,
        "pearson_p_value": finite(row.pearson_p_value),
        "sample_count": row.sample_count,
        "p_text": p_text,
        "colour": "none" if not significant else "up" if spearman >= 0 else "down",
        "about": f"{name}: Spearman {spearman:+.4f}, {p_text or 'p-value unknown'}; {row.sample_count:,} samples",
    }
