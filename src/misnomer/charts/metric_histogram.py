"""How a metric is distributed."""

from collections.abc import Sequence

import altair as alt

from misnomer.charts.names import shown_text
from misnomer.charts.theme import WIDTH_PX, Chart, Width, finish, message, number_labels, palette, rows_data


def metric_histogram(
    title: str,
    edges: Sequence[float],
    counts: Sequence[int],
    *,
    unit: str = "",
    beyond: tuple[int, int] = (0, 0),
    width: Width = WIDTH_PX,
    height: int = 140,
    dark: bool = False,
) -> Chart:
    """Samples per bin of one metric.

    Args:
        title: of the metric.
        edges: (B + 1,) ascending; bin i is [edges[i], edges[i + 1]), the last with its high end.
        counts: (B,) samples per bin; one bin is that of a constant, the value in its middle, and nothing is drawn.
        unit: of the metric, for the axis.
        beyond: samples below the first edge and above the last, which the chart says.
        width, height: in px; width also "container".
        dark: colours for a dark page.
    """
    if not sum(counts):
        return message(title, "No sample here has this metric.", width=width, dark=dark)
    if len(counts) == 1:
        value = shown_text(f"{(edges[0] + edges[1]) / 2:,.6g} {unit}".strip())
        return message(title, f"All {sum(counts):,} samples have {value}.", width=width, dark=dark)
    rows = [
        {
            "low": float(low),
            "high": float(high),
            "sample_count": int(count),
            "about": f"{low:.4g} to {high:.4g}: {count:,}",
        }
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
        if count
    ]
    margin = (edges[-1] - edges[0]) * 0.01 or max(abs(edges[0]), 1.0) * 0.05
    chart: alt.Chart = (
        alt.Chart(rows_data(rows))
        .mark_rect(color=palette(dark).accent, opacity=0.85, stroke=palette(dark).surface, strokeWidth=0.5)
        .encode(
            x=alt.X(
                "low:Q",
                title=shown_text(f"{title} ({unit})" if unit else title),
                scale=alt.Scale(domain=[edges[0] - margin, edges[-1] + margin], zero=False, nice=False),
                axis=alt.Axis(grid=False, tickCount=6, labelExpr=number_labels(edges[-1])),
            ),
            x2=alt.X2("high:Q"),
            y=alt.Y(
                "sample_count:Q", title="Samples", axis=alt.Axis(tickCount=3, labelExpr=number_labels(max(counts)))
            ),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("low:Q", title="From", format=".6~g"),
                alt.Tooltip("high:Q", title="to", format=".6~g"),
                alt.Tooltip("sample_count:Q", title="Samples", format=","),
            ],
            description=alt.Description("about:N"),
        )
    )
    sentence = f"{sum(counts):,} samples."
    places = zip(beyond, (f"below {edges[0]:,.4g}", f"above {edges[-1]:,.4g}"), strict=True)
    outside = [f"{count:,} {place}" for count, place in places if count]
    if outside:
        sentence = f"{sum(counts):,} samples, and not drawn: {', '.join(outside)}."
    return finish(chart, title=title, sentences=[sentence], width=width, dark=dark, height=height, right_px=12)
