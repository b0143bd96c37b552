"""Does the model know how sure it may be: accuracy against confidence."""

from typing import Any

import altair as alt

from misnomer.charts.theme import (
    WIDTH_PX,
    Chart,
    Palette,
    Width,
    finish,
    finite,
    message,
    over_counts,
    palette,
    rows_data,
)
from misnomer.evaluation.results import Evaluation, ReliabilityBin

_TITLE = "Reliability"
_COUNTS_SHARE = 0.25  # of the plot's height


def reliability(evaluation: Evaluation, *, width: Width = WIDTH_PX, height: int = 260, dark: bool = False) -> Chart:
    """Accuracy of each bin of confidence with its interval; the diagonal is a model that knows how sure to be.

    Args:
        evaluation: its ``reliability`` is drawn.
        width, height: in px; width also "container".
        dark: colours for a dark page.

    Source: Guo et al. 2017, figure 1.
    """
    bins = [row for row in evaluation.reliability or () if row.sample_count]
    if not bins:
        return message(
            _TITLE,
            "The model's predictions came without confidence, so its reliability is not known.",
            width=width,
            dark=dark,
        )
    sentences = [
        "Below the diagonal the model is too sure of itself, above it not sure enough. Orange: the gap. Grey: samples "
        "of each bin, right axis."
    ]
    if error := evaluation.scores.get("expected_calibration_error"):
        sentences.insert(0, f"Expected calibration error {error.value:.3f}.")
    return finish(
        _layers([_row(row) for row in bins], palette(dark)),
        title=_TITLE,
        sentences=sentences,
        width=width,
        dark=dark,
        height=height,
        right_px=12,
    )


def _layers(rows: list[dict[str, Any]], colours: Palette) -> alt.LayerChart:
    most = max(row["sample_count"] for row in rows)
    unit = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(rows_data(rows))
    counts = base.mark_rect(color=colours.counts, stroke=colours.surface, strokeWidth=1, aria=False).encode(
        x=alt.X("low:Q", title="Confidence", scale=unit, axis=alt.Axis(format=".0%", tickCount=5, grid=False)),
        x2=alt.X2("high:Q"),
        y=alt.Y(
            "sample_count:Q",
            scale=alt.Scale(domain=[0, most / _COUNTS_SHARE], nice=False),
            axis=alt.Axis(orient="right", values=[0, most], grid=False, title=None, format=",~f"),
        ),
        y2=alt.Y2Datum(0),
        tooltip=_tooltips(),
    )
    accuracy = alt.Y("accuracy:Q", title="Accuracy", scale=unit, axis=alt.Axis(format=".0%", tickCount=5, grid=True))
    diagonal = (
        alt.Chart(rows_data([{"mean_confidence": 0, "accuracy": 0}, {"mean_confidence": 1, "accuracy": 1}]))
        .mark_line(color=colours.muted, strokeDash=[5, 4], strokeWidth=1.5, aria=False)
        .encode(x=alt.X("mean_confidence:Q"), y=accuracy)
    )
    middle = base.encode(x=alt.X("mean_confidence:Q"))
    gaps = middle.mark_rule(color=colours.wrong, strokeWidth=5, opacity=0.35, aria=False).encode(
        y=accuracy, y2=alt.Y2("mean_confidence:Q")
    )
    intervals = middle.mark_rule(color=colours.accent, strokeWidth=1.5, opacity=0.6, aria=False).encode(
        y=alt.Y("interval_low:Q"), y2=alt.Y2("interval_high:Q")
    )
    line = middle.mark_line(color=colours.accent, strokeWidth=2, aria=False).encode(y=accuracy)
    points = middle.mark_point(color=colours.accent, filled=True, size=56, opacity=1).encode(
        y=accuracy, tooltip=_tooltips(), description=alt.Description("about:N")
    )
    return over_counts(counts, diagonal, gaps, intervals, line, points)


def _tooltips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("low:Q", title="Confidence from", format=".4f"),
        alt.Tooltip("high:Q", title="to", format=".4f"),
        alt.Tooltip("mean_confidence:Q", title="Mean confidence", format=".4f"),
        alt.Tooltip("accuracy:Q", title="Accuracy", format=".4f"),
        alt.Tooltip("interval_low:Q", title="Interval from", format=".4f"),
        alt.Tooltip("interval_high:Q", title="to", format=".4f"),
        alt.Tooltip("sample_count:Q", title="Samples", format=","),
    ]


def _row(row: ReliabilityBin) -> dict[str, Any]:
    low, high = row.interval
    return {
        "low": row.low,
        "high": row.high,
        "mean_confidence": finite(row.mean_confidence),
        "accuracy": finite(row.accuracy),
        "interval_low": finite(low),
        "interval_high": finite(high),
        "sample_count": row.sample_count,
        "about": f"Confidence {row.low:.2f} to {row.high:.2f}: accuracy {row.accuracy:.3f} [{low:.3f}–{high:.3f}] of "
        f"{row.sample_count:,} samples, mean confidence {row.mean_confidence:.3f}",
    }
