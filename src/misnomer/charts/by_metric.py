"""A model's rate as a function of a metric."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt

from misnomer.charts.names import shown_names, shown_text
from misnomer.charts.theme import (
    WIDTH_PX,
    Chart,
    Palette,
    Width,
    finish,
    finite,
    message,
    number_labels,
    over_counts,
    palette,
    rows_data,
)
from misnomer.evaluation.results import BinnedRate, ClassBins, MetricPerformance

_SHAPES = ["circle", "diamond", "square", "triangle-up", "triangle-down", "cross", "triangle-right", "triangle-left"]
_CLASSES = 4  # drawn of many, beside the line of all
_BANDS = 3  # more lines have no bands, only a rule at each point
_DODGE = 0.008  # of the width, between the points of neighbouring lines
_THINNEST = 0.008  # of the width, a bar of counts: a bin may be of one value
_COUNTS_SHARE = 0.25  # of the plot's height, for the bars of counts behind the lines


class _Line(NamedTuple):
    """One line of the chart: a model's, or a class's of the only model."""

    name: str
    class_name: str | None
    overall: float | None
    bins: tuple[BinnedRate, ...]


def by_metric(
    performance: MetricPerformance | Mapping[str, MetricPerformance],
    *,
    classes: Sequence[str] | None = None,
    unit: str = "",
    width: Width = WIDTH_PX,
    height: int = 220,
    dark: bool = False,
) -> Chart:
    """The rate of each bin as a line with its interval as a band, counts behind it, the overall rate dashed.

    Args:
        performance: of one model; or by name of model, of the same metric and rate, for several over each other.
            At most eight lines, and the chart says so.
        classes: those of one model's ``performance.classes`` that have a line of their own, at most seven; by default
            the four with the most samples predicted wrong.
        unit: of the metric, for the axis.
        width, height: in px; width also "container".
        dark: colours for a dark page.
    """
    by_model = {"": performance} if isinstance(performance, MetricPerformance) else dict(performance)
    title = _title(list(by_model.values()))
    drawn = {model: one for model, one in by_model.items() if one.bins}
    if not drawn:
        return message(title, "No sample here has this metric, a label and a prediction.", width=width, dark=dark)
    ends = {end for one in drawn.values() for found in one.bins for end in (found.low, found.high)}
    if len(ends) == 1:
        first, value = next(iter(drawn.values())), f"{ends.pop():,.6g} {unit}".strip()
        sentence = f"All {first.sample_count:,} samples have {value}: {first.rate} cannot depend on it."
        return message(title, sentence, width=width, dark=dark)
    lines, left_out = _lines(drawn, classes)
    return finish(
        _layers(next(iter(drawn.values())), lines, unit, palette(dark)),
        title=title,
        sentences=[*_sentences(drawn), left_out],
        width=width,
        dark=dark,
        height=height,
        right_px=12,
    )


def _title(performances: Sequence[MetricPerformance]) -> str:
    return f"{performances[0].rate.capitalize()} by {performances[0].title}" if performances else "Rate by metric"


def _sentences(by_model: Mapping[str, MetricPerformance]) -> list[str]:
    sentences = [
        f"{model}: {one.sentence}" if model else one.sentence for model, one in by_model.items() if one.sentence
    ]
    return [*sentences[:3], "Dashed: the overall rate. Grey: samples of each bin, right axis."]


def _lines(by_model: Mapping[str, MetricPerformance], classes: Sequence[str] | None) -> tuple[list[_Line], str]:
    """The lines that are drawn, and a sentence on those that are not."""
    lines = [_Line(model or "all classes", None, one.overall, one.bins) for model, one in by_model.items()]
    if len(lines) > 1:
        left_out = f"The first {len(_SHAPES)} of {len(lines):,} models." if len(lines) > len(_SHAPES) else ""
        return lines[: len(_SHAPES)], left_out
    (one,) = by_model.values()
    chosen, left_out = _chosen_classes(one.classes, classes)
    return lines + [_Line(row.name, row.name, None, row.bins) for row in chosen], left_out


def _chosen_classes(rows: Sequence[ClassBins], names: Sequence[str] | None) -> tuple[list[ClassBins], str]:
    filled = {row.name: row for row in rows if row.bins}
    if names is None:
        most_wrong = sorted(filled.values(), key=_wrong_count, reverse=True)[:_CLASSES]
        if len(most_wrong) == len(filled):
            return list(filled.values()), ""
        return most_wrong, f"Drawn: of {len(filled):,} classes the {_CLASSES} with the most samples predicted wrong."
    chosen, empty = [filled[name] for name in names if name in filled], [name for name in names if name not in filled]
    left_out = f"No sample here is of {', '.join(empty)}." if rows and empty else ""
    return chosen[: len(_SHAPES) - 1], left_out


def _wrong_count(row: ClassBins) -> int:
    return sum(round(found.sample_count * (1 - found.rate)) for found in row.bins)


def _layers(first: MetricPerformance, lines: Sequence[_Line], unit: str, colours: Palette) -> alt.LayerChart:
    shown = shown_names([line.name for line in lines])
    reach = lines[0].bins[-1].high - lines[0].bins[0].low
    rows = [
        _row(first, name, line.class_name, bin_, reach, i - (len(lines) - 1) / 2)
        for i, (name, line) in enumerate(zip(shown, lines, strict=True))
        for bin_ in line.bins
    ]
    counts = _counts(first, rows[: len(lines[0].bins)], unit, colours)
    return over_counts(counts, *_rates(first, rows, shown, colours), _overall(lines, shown))


def _counts(first: MetricPerformance, rows: Sequence[dict[str, Any]], unit: str, colours: Palette) -> alt.Chart:
    low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
    margin = (high - low) * 0.02 or max(abs(high), 1.0) * 0.05
    most = max(row["sample_count"] for row in rows)
    bars: alt.Chart = (
        alt.Chart(rows_data(rows))
        .mark_rect(color=colours.counts, stroke=colours.surface, strokeWidth=1, aria=False)
        .encode(
            x=alt.X(
                "bar_low:Q",
                title=shown_text(f"{first.title} ({unit})" if unit else first.title),
                scale=alt.Scale(domain=[low - margin, high + margin], zero=False, nice=False),
                axis=alt.Axis(grid=False, tickCount=6, labelExpr=number_labels(high)),
            ),
            x2=alt.X2("bar_high:Q"),
            y=alt.Y(
                "sample_count:Q",
                scale=alt.Scale(domain=[0, most / _COUNTS_SHARE], nice=False),
                axis=alt.Axis(orient="right", values=[0, most], grid=False, title=None, format=",~f"),
            ),
            y2=alt.Y2Datum(0),
            tooltip=_tooltips(first.rate),
        )
    )
    return bars


def _rates(
    first: MetricPerformance, rows: Sequence[dict[str, Any]], shown: Sequence[str], colours: Palette
) -> list[alt.Chart]:
    """Band, line and points with intervals."""
    count = len(shown)
    legend = None if count == 1 else alt.Legend(columns=4 if max(map(len, shown)) < 10 else 2)
    base = alt.Chart(rows_data(rows)).encode(
        x=alt.X("middle:Q"),
        color=alt.Color(
            "line:N",
            scale=alt.Scale(domain=list(shown), range=list(colours.series[: len(shown)])),
            legend=legend,
        ),
    )
    low, high = alt.Y("interval_low:Q"), alt.Y2("interval_high:Q")
    rate = alt.Y(
        "rate:Q",
        title=first.rate.capitalize(),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5, grid=True),
    )
    band = base.mark_area(opacity=0.16 if count == 1 else 0.1, aria=False).encode(y=low, y2=high)
    line = base.mark_line(strokeWidth=2, aria=False).encode(y=rate)
    intervals = base.mark_rule(strokeWidth=1.5, opacity=0.5, aria=False).encode(y=low, y2=high)
    points = base.mark_point(filled=True, size=56, opacity=1).encode(
        y=rate,
        shape=alt.Shape("line:N", scale=alt.Scale(domain=list(shown), range=_SHAPES[: len(shown)]), legend=legend),
        tooltip=_tooltips(first.rate),
        description=alt.Description("about:N"),
    )
    return [*([band] if count <= _BANDS else []), intervals, line, points]


def _overall(lines: Sequence[_Line], shown: Sequence[str]) -> alt.Chart:
    rows = [
        {"line": name, "overall": line.overall, "about": f"{name}: {line.overall:.4f} overall"}
        for name, line in zip(shown, lines, strict=True)
        if finite(line.overall) is not None
    ]
    rule: alt.Chart = (
        alt.Chart(rows_data(rows))
        .mark_rule(strokeDash=[5, 4], strokeWidth=1.5)
        .encode(
            y=alt.Y("overall:Q"),
            color=alt.Color("line:N"),
            tooltip=[alt.Tooltip("line:N", title=" "), alt.Tooltip("overall:Q", title="Overall", format=".4f")],
            description=alt.Description("about:N"),
        )
    )
    return rule


def _tooltips(rate: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("line:N", title="Line"),
        alt.Tooltip("low:Q", title="From", format=".6~g"),
        alt.Tooltip("high:Q", title="to", format=".6~g"),
        alt.Tooltip("rate:Q", title=rate.capitalize(), format=".4f"),
        alt.Tooltip("interval_low:Q", title="Interval from", format=".4f"),
        alt.Tooltip("interval_high:Q", title="to", format=".4f"),
        alt.Tooltip("sample_count:Q", title="Samples", format=","),
    ]


def _row(
    first: MetricPerformance, name: str, class_name: str | None, bin_: BinnedRate, reach: float, place: float
) -> dict[str, Any]:
    """One bin of a line; ``reach`` is that of the axis, ``place`` that of the line among the lines, 0 the middle."""
    low, high = bin_.interval
    middle = (bin_.low + bin_.high) / 2
    thinnest = _THINNEST * reach
    is_thin = bin_.high - bin_.low < thinnest
    return {
        "line": name,
        "class": class_name,
        "metric": first.metric,
        "low": bin_.low,
        "high": bin_.high,
        "middle": middle + _DODGE * reach * place,
        "bar_low": middle - thinnest / 2 if is_thin else bin_.low,
        "bar_high": middle + thinnest / 2 if is_thin else bin_.high,
        "rate": finite(bin_.rate),
        "interval_low": finite(low),
        "interval_high": finite(high),
        "sample_count": bin_.sample_count,
        "about": f"{name}, {bin_.low:.4g} to {bin_.high:.4g}: {first.rate} {bin_.rate:.3f} [{low:.3f}–{high:.3f}] "
        f"of {bin_.sample_count:,} samples",
    }
