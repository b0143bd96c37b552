"""Drawing a chart in a test: its specification, its rows, its texts."""

import json
import re
from html import unescape
from typing import Any

import vl_convert

from misnomer.charts.theme import Chart


def spec_of(chart: Chart, *, validate: bool = False) -> dict[str, Any]:
    """The specification as strict JSON; on demand checked against Vega-Lite's schema, which takes most of a second."""
    spec = chart.to_dict(validate=validate)
    json.dumps(spec, allow_nan=False)
    return spec


def svg_of(chart: Chart) -> str:
    return vl_convert.vegalite_to_svg(spec_of(chart), allowed_base_urls=[])


def texts_of(chart: Chart) -> list[str]:
    """Every text drawn."""
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg_of(chart))]


def rows_of(chart: Chart) -> list[dict[str, Any]]:
    """Every row of inline data."""
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("data"), dict):
                found.extend(part["data"].get("values", []))
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    spec = spec_of(chart)
    walk({key: value for key, value in spec.items() if key != "datasets"})
    found.extend(row for rows in spec.get("datasets", {}).values() for row in rows)
    return found


def heading_of(chart: Chart) -> str:
    title = spec_of(chart)["title"]
    return " ".join([*title["text"], *title.get("subtitle", [])])
