"""The confusion matrix: labels in rows, predictions in columns."""

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from misnomer.charts.class_order import ConfusionSort, class_order
from misnomer.charts.confusion_cells import Cells, CellValue, cell_rows, drawn_cells
from misnomer.charts.names import shown_names
from misnomer.charts.theme import WIDTH_PX, Chart, Palette, heading, layered, message, palette, rows_data, styled
from misnomer.evaluation.results import Evaluation

_TITLE = "Confusion matrix"
_TEXT_CLASSES, _NAMED_CLASSES, _NAME_ORDER_CLASSES = 20, 60, 12
_LETTER_PX, _LABEL_LIMIT_PX = 7, 130
_SENTENCES: dict[CellValue, str] = {
    "count": "Number of samples; the stronger the colour the more, right and wrong on scales of their own.",
    "row": "Share of the samples with this label.",
    "column": "Share of the samples with this prediction.",
}


def confusion_matrix(
    evaluation: Evaluation,
    *,
    values: CellValue = "count",
    sort: ConfusionSort | None = None,
    limit: int = 200,
    only: Sequence[str] | None = None,
    dark: bool = False,
) -> Chart:
    """Samples by label (row) and prediction (column); right ones blue, wrong ones orange.

    Only cells that hold samples are drawn and shipped. Up to 20 classes have numbers in the cells, up to 60
    names at the axes; every cell says both on hovering.

    Args:
        evaluation: its ``confusion`` is drawn.
        values: what cells show: the count, its share of the row, or its share of the column.
        sort: "name", "support" (most labelled first) or "similar" (confused classes next to each other); by
            default by name up to 12 classes and similar above.
        limit: with more classes, those with the most frequent confusions are drawn, and the chart says so.
        only: draw these classes, whatever their number: a closer look at a part of a large matrix.
        dark: colours for a dark page.
    """
    if len(evaluation.confusion.counts) == 0:
        return message(_TITLE, "No sample here has both a label and a prediction.", width=WIDTH_PX, dark=dark)
    cells = drawn_cells(evaluation, limit, only)
    if not cells.names:
        sentence = f"No sample of the {cells.class_count:,} classes is predicted wrong: there is no confusion to draw."
        return message(_TITLE, sentence, width=WIDTH_PX, dark=dark)
    return _chart(cells, values, sort, dark, chosen=only is not None)


def _chart(cells: Cells, values: CellValue, sort: ConfusionSort | None, dark: bool, chosen: bool) -> Chart:
    class_count = len(cells.names)
    true_count = class_count - cells.added_count
    by_default: ConfusionSort = "name" if class_count <= _NAME_ORDER_CLASSES else "similar"
    order = class_order(cells.names[:true_count], cells.dense(), sort or by_default)
    order += range(true_count, class_count)
    shown = shown_names(cells.names)
    cell_px = _cell_px(class_count)
    columns = [shown[i] for i in order]
    layers = _layers(cell_rows(cells, shown, values), columns, cell_px, palette(dark))
    width_px = max(WIDTH_PX, cell_px * class_count + 120)
    return styled(
        layers,
        dark,
        **heading(_TITLE, _sentences(cells, values, chosen), width_px),
        width=alt.Step(cell_px),
        height=alt.Step(cell_px),
        padding={"left": 4, "right": _right_px(columns, cell_px), "top": 4, "bottom": 4},
        view=alt.ViewBackground(fill=palette(dark).field, strokeOpacity=0, cornerRadius=3),
    )


def _cell_px(class_count: int) -> int:
    if class_count <= _TEXT_CLASSES:
        return min(56, 520 // class_count)
    return max(12 if class_count <= _NAMED_CLASSES else 3, 600 // class_count)


def _label_angle(columns: Sequence[str], cell_px: int) -> int:
    if max(map(len, columns)) * _LETTER_PX <= cell_px:
        return 0
    return -45 if cell_px >= 24 else -90


def _right_px(columns: Sequence[str], cell_px: int) -> int:
    """Room to the right of the plot for the slanted names of the last columns, which Vega leaves out of its width."""
    if len(columns) > _NAMED_CLASSES or _label_angle(columns, cell_px) != -45:
        return 4
    across = [min(len(name) * _LETTER_PX, _LABEL_LIMIT_PX) * math.sqrt(0.5) for name in columns]
    return 4 + max(0, *(math.ceil(px - (i + 0.5) * cell_px) for i, px in enumerate(reversed(across))))


def _sentences(cells: Cells, values: CellValue, chosen: bool) -> list[str]:
    sentences = [f"{_SENTENCES[values]} Rows: label. Columns: prediction. Blue: right. Orange: wrong."]
    if len(cells.names) < cells.class_count:
        share = cells.counts[~cells.is_right].sum() / max(cells.wrong_total, 1)
        which = f"{len(cells.names):,}" if chosen else f"The {len(cells.names):,} most confused"
        sentences.insert(
            0,
            f"{which} of {cells.class_count:,} classes; {share:.0%} of the "
            f"{cells.wrong_total:,} wrong samples lie among them.",
        )
    if len(cells.names) > _NAMED_CLASSES:
        sentences.append("A cell says its classes on hovering.")
    return sentences


def _layers(rows: list[dict[str, Any]], order: Sequence[str], cell_px: int, colours: Palette) -> alt.LayerChart:
    scale = alt.Scale(domain=list(order), paddingInner=0.06 if cell_px > 8 else 0, paddingOuter=0)
    base = alt.Chart(rows_data(rows)).encode(
        x=alt.X("column:N", scale=scale, title="Prediction", axis=_axis(order, cell_px, colours, "top")),
        y=alt.Y("row:N", scale=scale, title="Label", axis=_axis(order, cell_px, colours, "left")),
    )
    squares = base.mark_rect(cornerRadius=2 if cell_px > 16 else 0).encode(
        color=alt.Color(
            "right:N", scale=alt.Scale(domain=[True, False], range=[colours.right, colours.wrong]), legend=None
        ),
        opacity=alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.12, 1]), legend=None),
        tooltip=[
            alt.Tooltip("row:N", title="Label"),
            alt.Tooltip("column:N", title="Prediction"),
            alt.Tooltip("count:Q", title="Samples", format=","),
            alt.Tooltip("row_share:Q", title="Of this label", format=".2%"),
            alt.Tooltip("column_share:Q", title="Of this prediction", format=".2%"),
        ],
        description=alt.Description("about:N"),
    )
    if len(order) > _TEXT_CLASSES:
        return layered(squares)
    numbers = base.mark_text(fontSize=12 if cell_px < 40 else 14, aria=False, limit=cell_px - 2).encode(
        text=alt.Text("text:N"),
        color=alt.condition(alt.datum.strength > 0.76, alt.value(colours.on_strong), alt.value(colours.ink)),
    )
    return layered(squares, numbers)


def _axis(order: Sequence[str], cell_px: int, colours: Palette, orient: str) -> alt.Axis:
    look: dict[str, Any] = {"orient": orient, "grid": False, "labelColor": colours.ink}
    if len(order) > _NAMED_CLASSES:
        return alt.Axis(**look, labels=False)
    look["labelFontSize"] = 12 if cell_px >= 14 else 11
    if orient == "top":
        look["labelAngle"] = _label_angle(order, cell_px)
        if look["labelAngle"]:
            look["labelAlign"] = "left"
    return alt.Axis(**look, labelLimit=_LABEL_LIMIT_PX)
