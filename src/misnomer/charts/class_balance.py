"""How many samples each class has."""

import statistics
from collections.abc import Sequence
from typing import Any

import altair as alt

from misnomer.charts.names import shown_name, shown_names
from misnomer.charts.theme import (
    ROW_PX,
    WIDTH_PX,
    Chart,
    Palette,
    Width,
    finish,
    layered,
    message,
    number_labels,
    palette,
    rows_data,
)

_TITLE = "Samples by class"
_STEPS = 200

ClassCount = tuple[str, int]


def class_balance(
    counts: Sequence[ClassCount], *, limit: int = 40, width: Width = WIDTH_PX, dark: bool = False
) -> Chart:
    """Labelled samples of each class, most first: bars with names, or above ``limit`` classes a curve by rank.

    Args:
        counts: (class, labelled samples).
        limit: up to so many classes have a bar with a name.
        width: in px, or "container".
        dark: colours for a dark page.
    """
    if not counts:
        return message(_TITLE, "There are no classes: no sample has a label.", width=width, dark=dark)
    ordered = sorted(counts, key=lambda row: (-row[1], row[0]))
    colours = palette(dark)
    if len(ordered) <= limit:
        return finish(
            _bars(ordered, colours), title=_TITLE, width=width, dark=dark, height=ROW_PX * len(ordered), right_px=72
        )
    sentences = [_spread_sentence(ordered)]
    return finish(
        _curve(ordered, colours), title=_TITLE, sentences=sentences, width=width, dark=dark, height=180, right_px=12
    )


def _bars(ordered: Sequence[ClassCount], colours: Palette) -> alt.LayerChart:
    shown = shown_names([name for name, _ in ordered])
    total = sum(count for _, count in ordered)
    rows = [
        {
            "class": name,
            "name": drawn,
            "sample_count": count,
            "share": round(count / max(total, 1), 6),
            "text": f"{count:,}",
            "about": f"{drawn}: {count:,} samples ({count / max(total, 1):.1%})",
        }
        for (name, count), drawn in zip(ordered, shown, strict=True)
    ]
    base = alt.Chart(rows_data(rows)).encode(
        x=alt.X("sample_count:Q", title=None, scale=alt.Scale(nice=False), axis=None),
        y=alt.Y("name:N", sort=shown, title=None, axis=alt.Axis(labelColor=colours.ink)),
    )
    bars = base.mark_bar(color=colours.accent, cornerRadiusEnd=3, height={"band": 0.62}).encode(
        tooltip=[
            alt.Tooltip("class:N", title="Class"),
            alt.Tooltip("sample_count:Q", title="Samples", format=","),
            alt.Tooltip("share:Q", title="Share", format=".2%"),
        ],
        description=alt.Description("about:N"),
    )
    numbers = base.mark_text(align="left", dx=6, color=colours.muted, fontSize=12, aria=False).encode(
        text=alt.Text("text:N")
    )
    return layered(bars, numbers)


def _spread_sentence(ordered: Sequence[ClassCount]) -> str:
    (most, most_count), (least, least_count) = ordered[0], ordered[-1]
    median = statistics.median(count for _, count in ordered)
    return (
        f"{len(ordered):,} classes: most {shown_name(most)} ({most_count:,}), median {median:,g}, "
        f"least {shown_name(least)} ({least_count:,})."
    )


def _curve(ordered: Sequence[ClassCount], colours: Palette) -> alt.Chart:
    rows = _ranks(ordered)
    curve: alt.Chart = (
        alt.Chart(rows_data(rows))
        .mark_rect(color=colours.accent, stroke=colours.accent, strokeWidth=0.7)
        .encode(
            x=alt.X(
                "rank_low:Q",
                title="Classes by rank",
                scale=alt.Scale(domain=[0, len(ordered)], nice=False),
                axis=alt.Axis(grid=False, tickCount=5, format=",~f"),
            ),
            x2=alt.X2("rank_high:Q"),
            y=alt.Y(
                "sample_count:Q", title="Samples", axis=alt.Axis(tickCount=4, labelExpr=number_labels(ordered[0][1]))
            ),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("first_class:N", title="Class"),
                alt.Tooltip("last_class:N", title="to"),
                alt.Tooltip("sample_count:Q", title="Samples (mean)", format=",.1~f"),
                alt.Tooltip("rank_high:Q", title="Rank", format=","),
            ],
            description=alt.Description("about:N"),
        )
    )
    return curve


def _ranks(ordered: Sequence[ClassCount]) -> list[dict[str, Any]]:
    """At most 200 steps, each the mean of classes of neighbouring rank."""
    size = -(-len(ordered) // _STEPS)
    rows = []
    for start in range(0, len(ordered), size):
        step = ordered[start : start + size]
        mean = sum(count for _, count in step) / len(step)
        first, last = shown_name(step[0][0]), shown_name(step[-1][0])
        rows.append(
            {
                "classes": [name for name, _ in step],
                "first_class": first,
                "last_class": last,
                "rank_low": start,
                "rank_high": start + len(step),
                "sample_count": mean,
                "about": f"{first} to {last}: {mean:,.1f} samples each"
                if len(step) > 1
                else f"{first}: {mean:,.0f} samples",
            }
        )
    return rows
