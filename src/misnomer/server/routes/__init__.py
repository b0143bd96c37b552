"""The routes: every module here has a ``router`` of one group of them, and is found by being here."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from misnomer.server.operations import Operations


def routers() -> Iterator[Operations]:
    """The router of every module, by name of module."""
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        yield import_module(f"{__name__}.{module.name}").router
