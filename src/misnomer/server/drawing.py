"""A chart as a specification, whatever other threads import meanwhile."""

from collections.abc import Callable
from typing import Any


def specification(chart: Callable[[], Any]) -> dict[str, Any]:
    """The Vega-Lite of the Altair chart that is made; the tests of the charts validate it.

    Altair asks pandas for its types as soon as ``sys.modules`` has it. PyArrow imports pandas when it first makes an
    array, and while another thread does so pandas has no types yet: wait until it is whole, and make the chart again.
    """
    try:
        return _specification(chart)
    except AttributeError:
        import pandas  # noqa: F401

        return _specification(chart)


def _specification(chart: Callable[[], Any]) -> dict[str, Any]:
    made: dict[str, Any] = chart().to_dict(validate=False)
    return made
