"""Filter: which samples. One frozen value through all layers: Python, JSON, SQL (in store), URL.

A class filter chooses which classes one looks at (``evaluation.class_filter`` has the rule); everything else
in a Filter chooses samples.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, cast

from misnomer.errors import InvalidFilter, UnknownName
from misnomer.schema import OUTCOMES, Outcome

Operator = Literal["<", "<=", ">", ">=", "=", "!=", "in", "not in", "is null", "is not null"]
Value = float | str | bool | tuple[str, ...] | None

OPERATORS: tuple[Operator, ...] = ("<", "<=", ">", ">=", "=", "!=", "in", "not in", "is null", "is not null")

MOST_CORNERS = 500

_CONDITION = re.compile(
    r"""^\s*(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<name>[^\s<>=!"]+))\s*
        (?:(?P<null>is\s+null|is\s+not\s+null)
        |(?P<membership>in|not\s+in)\s*\((?P<values>.*)\)
        |(?P<operator><=|>=|!=|<|>|==|=)\s*(?P<value>.+?))\s*$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Condition:
    """One comparison of a metric or metadata column, such as ``brightness < 0.3``.

    ``=`` and ``!=`` compare text as text and numbers as numbers; ``in`` and ``not in`` look a text up in a tuple of
    texts; a missing value meets no comparison.
    """

    field: str
    operator: Operator
    value: Value = None

    @classmethod
    def parse(cls, text: str) -> "Condition":
        """Read ``FIELD OP VALUE``; the field may stand in double quotes, a text value in single or double.

        Raises:
            InvalidFilter: the text is not a comparison.

        >>> Condition.parse("brightness < 0.3")
        Condition(field='brightness', operator='<', value=0.3)
        >>> Condition.parse("style = 'twitter'")
        Condition(field='style', operator='=', value='twitter')
        >>> Condition.parse("style in ('twitter', google)")
        Condition(field='style', operator='in', value=('twitter', 'google'))
        """
        match = _CONDITION.match(text)
        if match is None:
            raise InvalidFilter(
                f"Cannot read the condition {text!r}.",
                hint="""Write FIELD OPERATOR VALUE, for example "brightness < 0.3" or "style = 'twitter'"; """
                f"operators: {', '.join(OPERATORS)}.",
            )
        name = match["quoted"].replace('""', '"') if match["quoted"] else match["name"]
        if match["null"]:
            return cls(name, cast(Operator, " ".join(match["null"].lower().split())))
        if match["membership"]:
            operator = cast(Operator, " ".join(match["membership"].lower().split()))
            return cls(name, operator, _read_values(match["values"]))
        operator = cast(Operator, "=" if match["operator"] == "==" else match["operator"])
        return cls(name, operator, _read_value(match["value"]))

    def __str__(self) -> str:
        name = self.field if re.fullmatch(r'[^\s<>=!"]+', self.field) else '"' + self.field.replace('"', '""') + '"'
        if self.operator in ("is null", "is not null"):
            return f"{name} {self.operator}"
        if isinstance(self.value, tuple):
            return f"{name} {self.operator} ({', '.join(json.dumps(one, ensure_ascii=False) for one in self.value)})"
        value = f"{self.value:g}" if isinstance(self.value, float) else json.dumps(self.value, ensure_ascii=False)
        return f"{name} {self.operator} {value}"


def _read_values(text: str) -> tuple[str, ...]:
    """Texts between commas; those in quotes may hold commas."""
    found = re.findall(r"""\s*('[^']*'|"[^"]*"|[^,'"]+)\s*(?:,|$)""", text)
    return tuple(one[1:-1] if one[0] in "'\"" else one.strip() for one in found)


def _read_value(text: str) -> Value:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return float(text)
    except ValueError:
        return text


@dataclass(frozen=True)
class Filter:
    """Which samples.

    Attributes:
        classes: the class filter; None: all classes.
        outcome: true positive, false positive or false negative of one model, by the class filter.
        where: conditions on metrics, metadata, ``label``, ``prediction``, ``split``, ``key``; all must hold.
        tags: the sample bears every one of these.
        splits: the sample is in one of these.
        text: the key contains this, case ignored.
        keys: the sample is one of these.
        region: corners (x, y) of a polygon on the map; the sample lies inside, by the even-odd rule.
    """

    classes: tuple[str, ...] | None = None
    outcome: Outcome | None = None
    where: tuple[Condition, ...] = ()
    tags: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    text: str | None = None
    keys: tuple[str, ...] | None = None
    region: tuple[tuple[float, float], ...] | None = None

    def __post_init__(self) -> None:
        if self.outcome is not None and self.outcome not in OUTCOMES:
            raise UnknownName("outcome", str(self.outcome), OUTCOMES)
        for condition in self.where:
            if condition.operator not in OPERATORS:
                raise UnknownName("operator", condition.operator, OPERATORS)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; only what is set."""
        out: dict[str, Any] = {}
        for entry in fields(self):
            value = getattr(self, entry.name)
            if value != entry.default:
                out[entry.name] = list(value) if isinstance(value, tuple) else value
        if self.where:
            out["where"] = [
                {"field": c.field, "operator": c.operator, "value": _json_ready(c.value)} for c in self.where
            ]
        return out

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Filter":
        """Inverse of ``to_dict``.

        Raises:
            InvalidFilter: a value of the wrong kind.
            UnknownName: an unknown entry.
        """
        known = [f.name for f in fields(cls)]
        for name in values:
            if name not in known:
                raise UnknownName("filter entry", name, known)
        try:
            return cls(
                classes=_names(values.get("classes"), "classes"),
                outcome=values.get("outcome"),
                where=tuple(
                    Condition.parse(_text(c, "where")) if isinstance(c, str) else _condition(c)
                    for c in values.get("where", ())
                ),
                tags=_names(values.get("tags"), "tags") or (),
                splits=_names(values.get("splits"), "splits") or (),
                text=None if values.get("text") is None else _text(values["text"], "text"),
                keys=_names(values.get("keys"), "keys"),
                region=_corners(values.get("region")),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as problem:
            raise InvalidFilter(
                f"Cannot read the filter: {problem}.",
                hint='Write {"classes": ["cat"], "where": [{"field": "brightness", "operator": "<", "value": 0.3}]}.',
            ) from None


def _json_ready(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _condition(values: Mapping[str, Any]) -> Condition:
    for name in values:
        if name not in ("field", "operator", "value"):
            raise UnknownName("part of a condition", name, ("field", "operator", "value"))
    field, operator, value = _text(values["field"], "field"), _text(values["operator"], "operator"), values.get("value")
    if operator in ("in", "not in"):
        value = _names(value, field) or ()
    elif isinstance(value, str):
        value = _text(value, field)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    elif value is not None and not isinstance(value, float | bool):
        raise InvalidFilter(f"{field} is compared with {value!r}.", hint="A value is a number, a text, true or false.")
    return Condition(field, cast(Operator, operator), value)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise InvalidFilter(f"{name} is {value!r}.", hint=f"{name} is a text.")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InvalidFilter(f"{name} is {value!r}, which is half a letter (a lone surrogate).")
    return value


def _names(value: Any, name: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, str):
        raise InvalidFilter(f"{name} is {value!r}.", hint=f"{name} is a list of names.")
    return tuple(_text(one, name) for one in value)


def _corners(value: Any) -> tuple[tuple[float, float], ...] | None:
    if value is None:
        return None
    try:
        corners = tuple((float(x), float(y)) for x, y in value)
    except (TypeError, ValueError):
        corners = ()
    if not 3 <= len(corners) <= MOST_CORNERS or not all(math.isfinite(x) and math.isfinite(y) for x, y in corners):
        raise InvalidFilter(
            f"The region is no polygon: {str(value)[:80]}.", hint=f"Give 3 to {MOST_CORNERS} corners [x, y]."
        )
    return corners


def where(
    *conditions: str,
    classes: Iterable[str] | None = None,
    outcome: Outcome | None = None,
    tags: Iterable[str] = (),
    splits: Iterable[str] = (),
    text: str | None = None,
    keys: Iterable[str] | None = None,
    region: Iterable[tuple[float, float]] | None = None,
    **columns: Any,
) -> Filter:
    """A Filter in one line.

    Args:
        conditions: comparisons as text, e.g. ``"brightness < 0.3"``.
        classes, outcome, tags, splits, text, keys, region: see Filter.
        columns: a metric or metadata column: a pair ``(low, high)`` is a closed range, None leaving a side
            open; any other value must be equal.

    >>> where(classes=["cat"], brightness=(None, 0.3)).where
    (Condition(field='brightness', operator='<=', value=0.3),)
    """
    parsed = [Condition.parse(text) for text in conditions]
    for name, value in columns.items():
        if isinstance(value, tuple):
            if len(value) != 2:
                raise InvalidFilter(f"{name} is {value!r}.", hint="A range is a pair (low, high).")
            low, high = value
            if low is not None:
                parsed.append(Condition(name, ">=", float(low)))
            if high is not None:
                parsed.append(Condition(name, "<=", float(high)))
        elif value is None:
            parsed.append(Condition(name, "is null"))
        else:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            parsed.append(Condition(name, "=", float(value) if number else value))
    return Filter(
        classes=_names(classes, "classes"),
        outcome=outcome,
        where=tuple(parsed),
        tags=_names(tags, "tags") or (),
        splits=_names(splits, "splits") or (),
        text=text,
        keys=_names(keys, "keys"),
        region=_corners(region if region is None else list(region)),
    )
