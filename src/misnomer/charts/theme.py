"""One look for every chart, light and dark: right is blue, wrong is orange, one indigo accent, neutral greys.

The background is the scheme's own, as ``background`` of the specification: a page that has one takes it out. It
is not transparent by itself because vl-convert 1.9 writes wrong colours into translucent pixels of a PNG (orange of
35% opacity as RGBA 89, 89, 11, 89), and because a notebook's page may be dark when the chart is light.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import altair as alt

from misnomer.charts.names import shown_text

Width = int | Literal["container"]
Chart = alt.Chart | alt.LayerChart

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
TEXT_PX = 12
TITLE_PX = 14
WIDTH_PX = 440
ROW_PX = 24  # of a bar with a name; not alt.Step, of which Vega-Lite warns where a chart fits its width
_LETTER_PX = 6.1  # mean width of a letter at 12 px, for breaking lines; Vega does not break them itself


@dataclass(frozen=True)
class Palette:
    """The colours of one scheme. Each has at least 3:1 contrast on ``surface``, each text colour 4.5:1.

    ``hairline``, ``field`` and ``counts`` are meant to recede and carry nothing that text does not say as well.
    """

    surface: str
    ink: str
    muted: str
    hairline: str
    field: str
    counts: str
    noise: str
    right: str
    wrong: str
    accent: str
    second: str
    on_strong: str
    series: tuple[str, ...]


LIGHT = Palette(
    surface="#ffffff",
    ink="#1b1e25",
    muted="#5a6170",
    hairline="#e2e5ea",
    field="#f5f6f8",
    counts="#dfe2e8",
    noise="#8d94a1",
    right="#2464ae",
    wrong="#bb5107",
    accent="#4f46e5",
    second="#0d8577",
    on_strong="#fefefe",
    series=("#4f46e4", "#0d8576", "#b5307a", "#946800", "#0b7fc0", "#7a4f2a", "#8a3ffc", "#4d7a12"),
)
DARK = Palette(
    surface="#14161b",
    ink="#e9ebef",
    muted="#a4abb8",
    hairline="#2d323b",
    field="#1b1e25",
    counts="#2c313b",
    noise="#737b89",
    right="#69a9ee",
    wrong="#f2994a",
    accent="#9d97ff",
    second="#3cc9b5",
    on_strong="#0f1115",
    series=("#9d97fe", "#3cc9b4", "#f07fbb", "#dcae3c", "#5cc0f5", "#c9986b", "#c79bff", "#9ccf57"),
)


def palette(dark: bool) -> Palette:
    """The colours of the light or dark scheme."""
    return DARK if dark else LIGHT


def finite(value: float | None) -> float | None:
    """The value, or None for what JSON and Vega cannot carry."""
    return value if value is not None and math.isfinite(value) else None


def number_labels(largest: float) -> str:
    """Expression for an axis' labels: 0.25, 12, 40k. (The format ``~s`` alone writes 0 as 0k.)"""
    return f"format(datum.value, '{'.3~s' if abs(largest) >= 10_000 else '.4~g'}')"


class _Rows(alt.InlineData):
    """Inline data that Altair takes as it is; other data it copies with every layer, and looks at every cell."""

    _class_is_valid_at_instantiation = False

    def __deepcopy__(self, memo: object = None) -> "_Rows":
        return self

    def to_dict(self, *_: Any, **__: Any) -> dict[str, Any]:
        """The rows; whoever asks for the chart's validation has them checked with the whole."""
        return {"values": self._kwds["values"]}


def rows_data(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows as inline data. Column names are fixed; names of classes and metrics are values, never columns."""
    return _Rows(values=list(rows))


def layered(*charts: Chart | alt.LayerSpec, **properties: Any) -> alt.LayerChart:
    """Charts over each other, the first at the back."""
    return cast(alt.LayerChart, alt.layer(*charts, **properties))


class _Group(alt.LayerSpec):
    """Layers within layers; of a ``LayerChart`` in another Altair would copy each layer some thirty times."""

    _class_is_valid_at_instantiation = False


def over_counts(counts: Chart, *charts: Chart) -> alt.LayerChart:
    """Charts with one vertical scale over counts with another."""
    two_scales = alt.Resolve(scale=alt.ScaleResolveMap(y="independent"))
    return layered(counts, _Group(layer=list(charts)), resolve=two_scales)


def finish(
    chart: Chart,
    *,
    title: str,
    sentences: Sequence[str] = (),
    width: Width,
    dark: bool,
    height: int | None = None,
    right_px: int = 8,
) -> Chart:
    """Give a chart its title, size and the common look.

    Args:
        chart: a single view or layers of one, so that ``width="container"`` works on a page.
        title, sentences: heading and what stands under it.
        width: of the whole chart with its axes.
        height: of the plot.
        right_px: room kept to the right of the plot for text that stands there.
    """
    return styled(
        chart,
        dark,
        **heading(title, sentences, width),
        width=width,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 4, "right": right_px, "top": 4, "bottom": 4},
        height=alt.Undefined if height is None else height,
    )


def heading(title: str, sentences: Sequence[str], width: Width) -> dict[str, Any]:
    """A title with its sentences broken into lines that fit the width, and both unbroken as ``usermeta``.

    A page that shows them as its own text takes ``title`` out of the specification and reads ``usermeta``.
    """
    letters = int((WIDTH_PX if width == "container" else width) / _LETTER_PX)
    shown = [shown_text(sentence) for sentence in sentences if sentence]
    lines = [line for sentence in shown for line in textwrap.wrap(sentence, max(letters, 20))]
    return {
        "title": alt.TitleParams(text=textwrap.wrap(shown_text(title), max(letters - 8, 20)), subtitle=lines),
        "usermeta": {"title": shown_text(title), "sentences": shown},
    }


def styled(chart: Chart, dark: bool, **properties: Any) -> Chart:
    """Set a new chart's properties, and configure fonts and colours."""
    colours = palette(dark)
    text: dict[str, Any] = {
        "labelColor": colours.muted,
        "labelFontSize": TEXT_PX,
        "titleColor": colours.muted,
        "titleFontSize": TEXT_PX,
        "titleFontWeight": "normal",
    }
    config = alt.Config(
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            **text,
            domain=False,
            ticks=False,
            gridColor=colours.hairline,
            labelPadding=6,
            labelSeparation=4,
            titlePadding=10,
            titleLimit=320,
            labelLimit=200,
        ),
        legend=alt.LegendConfig(
            **text,
            orient="top",
            title=None,
            symbolSize=70,
            symbolOpacity=1,
            labelLimit=220,
            columnPadding=16,
            offset=12,
        ),
        title=alt.TitleConfig(
            anchor="start",
            frame="bounds",
            color=colours.ink,
            fontSize=TITLE_PX,
            fontWeight=600,
            subtitleColor=colours.muted,
            subtitleFontSize=TEXT_PX,
            subtitleLineHeight=16,
            subtitlePadding=5,
            offset=12,
        ),
    )
    for name, value in {**properties, "background": colours.surface, "config": config}.items():
        chart[name] = value  # ``chart.properties`` would copy all layers, four times each
    return chart


def message(title: str, sentence: str, *, width: Width, dark: bool) -> Chart:
    """A chart that has nothing to draw and says why; to a page also as ``usermeta``, which it shows as its own text."""
    colours = palette(dark)
    lines = textwrap.wrap(shown_text(sentence), int((WIDTH_PX if width == "container" else width) / _LETTER_PX) - 4)
    chart = (
        alt.Chart(rows_data([{"about": sentence}]))
        .mark_text(text=lines, align="left", baseline="top", fontSize=TEXT_PX, color=colours.muted, lineHeight=16)
        .encode(x=alt.value(0), y=alt.value(0), description=alt.Description("about:N"))
    )
    drawn = finish(chart, title=title, width=width, dark=dark, height=16 * max(len(lines), 1))
    drawn.usermeta = {**drawn.usermeta, "message": shown_text(sentence)}
    return drawn
