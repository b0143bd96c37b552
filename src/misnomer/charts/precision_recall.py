"""Precision and recall of each class, with intervals."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from misnomer.charts.names import shown_names
from misnomer.charts.theme import WIDTH_PX, Chart, Width, finish, finite, layered, message, palette, rows_data
from misnomer.evaluation.results import ClassScores, Estimate, Evaluation

ClassSort = Literal["f1", "precision", "recall", "support", "name"]

_TITLE = "Precision and recall by class"


def precision_recall(
    evaluation: Evaluation,
    *,
    sort: ClassSort = "f1",
    limit: int = 40,
    width: Width = WIDTH_PX,
    dark: bool = False,
) -> Chart:
    """Precision and recall of each class as points with intervals, the weakest class on top.

    Args:
        evaluation: its ``classes`` are drawn.
        sort: by which score; lowest first, names in alphabetical order.
        limit: with more classes, the first ``limit`` in this order are drawn, and the chart says so.
        width: in px, or "container".
        dark: colours for a dark page.
    """
    if not evaluation.classes:
        return message(
            _TITLE,
            "No class has a labelled and predicted sample here, so there is nothing to draw.",
            width=width,
            dark=dark,
        )
    drawn = sorted(evaluation.classes, key=lambda row: _sort_key(row, sort))[:limit]
    sentences = ["Point: the rate. Line: its interval. n: labelled samples of the class."]
    if len(drawn) < len(evaluation.classes):
        sentences.insert(0, _selection_sentence(len(drawn), len(evaluation.classes), sort))
    row_px = 30 if len(drawn) <= 15 else 24
    return finish(
        _layers(drawn, dark),
        title=_TITLE,
        sentences=sentences,
        width=width,
        dark=dark,
        height=row_px * len(drawn),
        right_px=72,
    )


def _sort_key(row: ClassScores, sort: ClassSort) -> tuple[float, str]:
    if sort == "name":
        return 0.0, row.name
    value = float(row.support) if sort == "support" else finite(getattr(row, sort).value)
    return (2.0 if value is None else value), row.name


def _selection_sentence(drawn: int, total: int, sort: ClassSort) -> str:
    order = "first by name" if sort == "name" else f"with the lowest {sort if sort != 'f1' else 'F1'}"
    return f"The {drawn:,} classes {order} of {total:,}."


def _layers(classes: Sequence[ClassScores], dark: bool) -> alt.LayerChart:
    colours = palette(dark)
    shown = shown_names([row.name for row in classes])
    rows = [
        _row(scores, name, title, estimate, count, counted)
        for scores, name in zip(classes, shown, strict=True)
        for title, estimate, count, counted in (
            ("Precision", scores.precision, scores.predicted, "predicted"),
            ("Recall", scores.recall, scores.support, "labelled"),
        )
    ]
    base = alt.Chart(rows_data(rows)).encode(
        y=alt.Y(
            "name:N", sort=shown, title=None, scale=alt.Scale(paddingInner=0.3), axis=alt.Axis(labelColor=colours.ink)
        ),
        yOffset=alt.YOffset("score:N", sort=["Precision", "Recall"], scale=alt.Scale(paddingInner=0.1)),
        color=alt.Color(
            "score:N", scale=alt.Scale(domain=["Precision", "Recall"], range=[colours.second, colours.accent])
        ),
        tooltip=[
            alt.Tooltip("class:N", title="Class"),
            alt.Tooltip("score:N", title="Score"),
            alt.Tooltip("value:Q", title="Value", format=".4f"),
            alt.Tooltip("low:Q", title="Interval from", format=".4f"),
            alt.Tooltip("high:Q", title="to", format=".4f"),
            alt.Tooltip("f1:Q", title="F1", format=".4f"),
            alt.Tooltip("support:Q", title="Labelled", format=","),
            alt.Tooltip("predicted:Q", title="Predicted", format=","),
        ],
        description=alt.Description("about:N"),
    )
    rate = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5, labelFlush=False),
    )
    intervals = base.mark_rule(strokeWidth=2, opacity=0.45, aria=False).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    points = base.mark_point(filled=True, size=52, opacity=1).encode(
        x=rate,
        shape=alt.Shape("score:N", scale=alt.Scale(domain=["Precision", "Recall"], range=["diamond", "circle"])),
    )
    counts = (
        alt.Chart(
            rows_data(
                [{"name": name, "text": f"n = {row.support:,}"} for row, name in zip(classes, shown, strict=True)]
            )
        )
        .mark_text(align="left", dx=8, color=colours.muted, fontSize=12, aria=False)
        .encode(y=alt.Y("name:N", sort=shown), x=alt.value("width"), text=alt.Text("text:N"))
    )
    return layered(intervals, points, counts)


def _row(scores: ClassScores, name: str, title: str, estimate: Estimate, count: int, counted: str) -> dict[str, Any]:
    low, high = estimate.interval or (None, None)
    interval = f" [{low:.3f}–{high:.3f}]" if low is not None and high is not None else ""
    return {
        "class": scores.name,
        "name": name,
        "score": title,
        "value": finite(estimate.value),
        "low": finite(low),
        "high": finite(high),
        "f1": finite(scores.f1.value),
        "support": scores.support,
        "predicted": scores.predicted,
        "about": f"{name}: {title.lower()} {estimate.value:.3f}{interval} of {count:,} {counted}",
    }
