"""A chart as static SVG that takes its colours from the page, so that one drawing serves light and dark.

Static, because it needs no script: it opens in any viewer and prints. Measured: a chart is 5–70 kB of SVG, Vega and
Vega-Lite alone are 898 kB of script. What a chart says on hovering stands in ``<title>`` elements.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from xml.etree import ElementTree

from misnomer.charts.theme import DARK, LIGHT, Chart, Palette

_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_DROPPED = (
    "class",
    "role",
    "aria-label",
    "aria-roledescription",
    "aria-hidden",
    "font-family",
    "pointer-events",
    "clip-path",
)
_EMPTY_PATHS = ("", "M0,0h0v0h0Z")


@dataclass(frozen=True)
class Figure:
    """A drawn chart with its heading and the sentences under it."""

    title: str
    sentences: Sequence[str]
    svg: str
    width_px: int
    is_wide: bool


def figure(chart: Chart, *, wide_from_px: int = 620) -> Figure:
    """Draw a chart made for a light page."""
    import vl_convert

    spec = chart.to_dict(validate=False)  # the tests of the charts validate; here it would take half of the time
    heading = spec.pop("usermeta")
    for of_the_page in ("title", "background"):
        spec.pop(of_the_page)
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])
    root = _parsed(drawn)
    width_px = round(float(root.get("width", "0")))
    root.set("role", "img")
    root.set("aria-label", " ".join([f"{heading['title']}.", *heading["sentences"]]))
    svg = ElementTree.tostring(root, encoding="unicode")
    return Figure(heading["title"], heading["sentences"], svg, width_px, width_px >= wide_from_px)


def _parsed(drawn: str) -> ElementTree.Element:
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(drawn)
    root.remove(root[0])  # the white sheet under a chart without background
    _clean(root)
    for name in ("class", "version"):
        root.attrib.pop(name, None)
    return root


def _clean(element: ElementTree.Element) -> None:
    """Keep what draws; turn descriptions into titles and known colours into classes."""
    for child in list(element):
        _clean(child)
        if _draws_nothing(child):
            element.remove(child)
    about = element.get("aria-label")
    is_mark = element.get("role") == "graphics-symbol" and element.get("aria-roledescription") != "axis"
    for name in _DROPPED:
        element.attrib.pop(name, None)
    if about and is_mark and len(element) == 0:
        ElementTree.SubElement(element, f"{{{_SVG}}}title").text = about
    classes = [
        f"{name[0]}-{_COLOUR_NAMES[element.attrib.pop(name)]}"
        for name in ("fill", "stroke")
        if element.get(name) in _COLOUR_NAMES
    ]
    if classes:
        element.set("class", " ".join(classes))
    for name in ("d", "transform"):
        if name in element.attrib:
            element.set(name, _NUMBER.sub(lambda number: f"{float(number[0]):.2f}", element.attrib[name]))


def _draws_nothing(element: ElementTree.Element) -> bool:
    if element.get("display") == "none" or element.get("opacity") == "0":
        return True
    if element.tag == f"{{{_SVG}}}defs":
        return True
    if element.tag == f"{{{_SVG}}}path":
        return element.get("d") in _EMPTY_PATHS
    return element.tag == f"{{{_SVG}}}g" and len(element) == 0


def _colours(palette: Palette) -> dict[str, str]:
    """Colours by name; those of a series are numbered."""
    named: dict[str, str] = {}
    for field in fields(palette):
        value = getattr(palette, field.name)
        if isinstance(value, str):
            named[field.name.replace("_", "-")] = value
        else:
            named |= {f"{field.name}-{i}": colour for i, colour in enumerate(value)}
    return named


_COLOUR_NAMES = {colour: name for name, colour in _colours(LIGHT).items()}


def colour_rules(dark: bool) -> str:
    """CSS custom properties of one scheme: ``--right: #2464ae; …``."""
    return " ".join(f"--{name}: {colour};" for name, colour in _colours(DARK if dark else LIGHT).items())


def class_rules() -> str:
    """CSS that colours the drawings: ``.f-right{fill:var(--right)}.s-right{stroke:var(--right)}…``."""
    return "".join(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in _colours(LIGHT))
