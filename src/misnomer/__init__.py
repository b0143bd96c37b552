"""Evaluate an image classifier, see where and why it fails, find wrong labels, say what to annotate next.

Names are imported when they are first used, so that ``import misnomer`` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from misnomer import charts
    from misnomer.errors import MisnomerError
    from misnomer.evaluation.score import score
    from misnomer.filters import Filter, where
    from misnomer.project import Project, create
    from misnomer.project import open_project as open

    __version__: str

__all__ = ["Filter", "MisnomerError", "Project", "__version__", "charts", "create", "open", "score", "where"]

_HOMES = {
    "Filter": ("misnomer.filters", "Filter"),
    "MisnomerError": ("misnomer.errors", "MisnomerError"),
    "Project": ("misnomer.project", "Project"),
    "create": ("misnomer.project", "create"),
    "open": ("misnomer.project", "open_project"),
    "score": ("misnomer.evaluation.score", "score"),
    "where": ("misnomer.filters", "where"),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("misnomer")
    if name == "charts":
        return import_module("misnomer.charts")
    if name not in _HOMES:
        raise AttributeError(f"module 'misnomer' has no attribute {name!r}")
    module, own_name = _HOMES[name]
    return getattr(import_module(module), own_name)


def __dir__() -> list[str]:
    return sorted(__all__)
