"""Ray, connected: the cluster of ``RAY_ADDRESS``, or one of this machine's that ends with the work."""

import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from misnomer.errors import InputError

_ANSWER_SECONDS = 5
_OBJECT_STORE_BYTES = 100 << 20  # answers are small, and are taken as they come


@contextmanager
def ray_session(workers: int) -> Iterator[Any]:
    """The module ``ray``, connected.

    To what this program has connected it to; else the cluster of ``RAY_ADDRESS``; else a Ray of this machine's with so
    many workers (0: one per core), which only this program may use.

    Raises:
        InputError: no cluster answers, or Ray does not start.
    """
    address = os.environ.get("RAY_ADDRESS")
    with _environment({} if address else _private()):
        ray = import_module("ray")
        if ray.is_initialized():
            yield ray
            return
        _connect(ray, address, workers)
        try:
            yield ray
        finally:
            ray.shutdown()


def _connect(ray: Any, address: str | None, workers: int) -> None:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if address:
            _knock(address)
            ray.init(address=address, **quiet)
        else:
            size = {"num_cpus": workers or None, "object_store_memory": _OBJECT_STORE_BYTES}
            ray.init(address="local", include_dashboard=False, **size, **quiet)
    except Exception as problem:  # whatever Ray, gRPC or the system raise
        reason = " ".join(str(problem).split())
        if address:
            raise InputError(
                f"No Ray cluster answers at {address}: {reason}", hint="Check RAY_ADDRESS, or unset it."
            ) from problem
        raise InputError(f"Ray does not start: {reason}", hint="Leave it out: --engine local.") from problem


def _knock(address: str) -> None:
    """Fail at once where nobody listens: Ray itself asks again for minutes."""
    place = urlsplit(address if "://" in address else f"//{address}")
    if place.hostname and place.port:  # "auto" and "local" have neither
        socket.create_connection((place.hostname, place.port), timeout=_ANSWER_SECONDS).close()


@cache
def _private() -> dict[str, str]:
    """What keeps others out: Ray listens on every network of the machine, and runs whatever it is sent.

    It reads this when it is imported, once; a program that has imported it by itself has decided by itself.
    """
    if "ray" in sys.modules:
        return {}
    return {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)
