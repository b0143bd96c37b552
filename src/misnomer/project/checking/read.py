"""A file of rules, TOML or JSON."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from misnomer.errors import InputError, UnknownName, UnreadableSource
from misnomer.evaluation.rules import CLASS_SCORES, Bound, Rule
from misnomer.filters import Filter

_FILTER = tuple(field.name for field in fields(Filter))
_NUMBERS = ("lower_bound", "upper_bound", "max_drop", "max_relative_drop")
_TEXTS = ("name", "score", "class", "model", "baseline", "bound")
_KNOWN = (*_TEXTS, *_NUMBERS, "minimum_support", *_FILTER)
_EXAMPLE = '[[rules]]\nscore = "accuracy"\nlower_bound = 0.9'


def read_rules(path: Path) -> list[Rule]:
    """The rules of a file, in its order.

    Raises:
        UnreadableSource: no file, or neither TOML nor JSON.
        UnknownName: an entry, or score of a class, that does not exist.
        InputError: a rule that asks for nothing, or has a value of the wrong kind.
    """
    rules = _read(path).get("rules")
    if not isinstance(rules, list) or not rules or not all(isinstance(rule, dict) for rule in rules):
        raise InputError(f"{str(path)!r} has no rules.", hint=f"Write, for example:\n{_EXAMPLE}")
    return [_rule(values, f"rule {number}") for number, values in enumerate(rules, start=1)]


def _read(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        values = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableSource(f"Cannot read {str(path)!r}: {problem}.") from None
    except ValueError as problem:
        raise UnreadableSource(
            f"{str(path)!r} cannot be read: {problem}.", hint="Rules are TOML, or JSON in a file that ends in .json."
        ) from None
    if not isinstance(values, dict):
        raise InputError(f"{str(path)!r} is no table.", hint=f"Write, for example:\n{_EXAMPLE}")
    for name in values:
        if name not in ("rules", "$schema"):
            raise UnknownName("entry", name, ["rules"])
    return values


def _rule(values: Mapping[str, Any], place: str) -> Rule:
    for name in values:
        if name not in _KNOWN:
            raise UnknownName(f"entry of {place}", name, _KNOWN)
    _check_kinds(values, place)
    if "score" not in values:
        raise InputError(f"{place} names no score.", hint=f"Write, for example:\n{_EXAMPLE}")
    if "class" in values and values["score"] not in CLASS_SCORES:
        raise UnknownName("score of a class", values["score"], CLASS_SCORES)
    if values.get("bound", "value") not in get_args(Bound):
        raise UnknownName("bound", values["bound"], get_args(Bound))
    _check_bounds(values, place)
    return Rule(
        name=values.get("name") or _name(values),
        score=values["score"],
        filter=Filter.from_dict({name: values[name] for name in _FILTER if name in values}),
        of_class=values.get("class"),
        model=values.get("model"),
        baseline=values.get("baseline"),
        bound=values.get("bound", "value"),
        minimum_support=values.get("minimum_support", 1),
        **{name: float(values[name]) for name in _NUMBERS if name in values},
    )


def _check_kinds(values: Mapping[str, Any], place: str) -> None:
    for name, value in values.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in _TEXTS and not isinstance(value, str):
            raise InputError(f"{name} of {place} is {value!r}.", hint="It is a text, in quotes.")
        if name in _NUMBERS and not number:
            raise InputError(f"{name} of {place} is {value!r}.", hint="It is a number.")
        if name == "minimum_support" and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise InputError(f"minimum_support of {place} is {value!r}.", hint="It is a whole number.")


def _check_bounds(values: Mapping[str, Any], place: str) -> None:
    if not any(name in values for name in _NUMBERS):
        raise InputError(f"{place} asks for nothing.", hint=f"Give one of {', '.join(_NUMBERS)}.")
    has_drop = "max_drop" in values or "max_relative_drop" in values
    if has_drop != ("baseline" in values):
        raise InputError(
            f"{place} has {'a drop but no baseline' if has_drop else 'a baseline but no drop'}.",
            hint="baseline goes with max_drop, max_relative_drop or both.",
        )
    if has_drop and values.get("bound") == "interval" and (values["score"] != "accuracy" or "class" in values):
        raise InputError(
            f"{place} wants the interval of a change in {values['score']}.",
            hint='Only a change in accuracy has one: score = "accuracy", without class.',
        )


def _name(values: Mapping[str, Any]) -> str:
    """What the rule is about, where it has no name."""
    about = [values["score"], *(f"of {values[name]}" for name in ("class", "model") if name in values)]
    parts = [" ".join(about)]
    for name in _FILTER:
        if name in values:
            listed = values[name] if isinstance(values[name], list) else [values[name]]
            parts.append(f"{name} {', '.join(map(str, listed))}")
    return "; ".join(parts)
