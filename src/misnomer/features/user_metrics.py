"""Metrics of the user's: functions of an RGB array that a package registers by entry point."""

import logging
from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import numpy as np

from misnomer.features.definition import Definition
from misnomer.schema import Metric

if TYPE_CHECKING:
    from misnomer.features.pixels import Pixels

GROUP = "misnomer.metrics"

_log = logging.getLogger(__name__)


@cache
def user_metrics() -> "tuple[Definition[Pixels], ...]":
    """The functions registered under the entry point group ``misnomer.metrics``, by name.

    The entry point's name is the metric's key. The function takes (h, w, 3) uint8 sRGB pixels, reduced as
    for every pixel metric, and returns a number; NaN, None or an exception leave the value empty. The first
    line of its docstring is the description; change its attribute ``version`` whenever its result changes.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return tuple(define_user_metric(entry.name, entry.load()) for entry in found)


def define_user_metric(key: str, function: Callable[[np.ndarray], float]) -> "Definition[Pixels]":
    """A metric from a user's function of an RGB array."""
    described = (function.__doc__ or "").strip().partition("\n")[0]
    metric = Metric(
        key,
        key.replace("_", " ").title(),
        described or f"{function.__module__}.{function.__qualname__}",
        f"{function.__module__}.{function.__qualname__}(rgb)",
        None,
        None,
        "",
        "user",
        getattr(function, "version", 1),
    )
    failed = False

    def measure(image: "Pixels") -> float:
        nonlocal failed
        try:
            return float(function(image.rgb))
        except Exception as error:
            if not failed:
                _log.warning("Metric %s failed and is left empty where it does: %r", key, error)
            failed = True
            return float("nan")

    return Definition(metric, measure, is_count=False)
