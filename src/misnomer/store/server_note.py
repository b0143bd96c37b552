"""Which server has a project open: a note in ``cache/``, so that others can name it."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

_NOTE = Path("cache") / "server.json"


@contextlib.contextmanager
def noted_server(directory: Path, address: str) -> Iterator[None]:
    """As long as the block lasts, a note says that this process serves the project at an address."""
    note = directory / _NOTE
    with contextlib.suppress(OSError):  # a folder that may not be written to is served as well
        note.parent.mkdir(exist_ok=True)
        note.write_text(json.dumps({"process": os.getpid(), "address": address}), encoding="utf-8")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink()


def server_of(database_file: Path, process: int) -> str | None:
    """Where a process serves the project; None if it does not, as far as is known."""
    try:
        note = json.loads((database_file.parent / _NOTE).read_bytes())
        return str(note["address"]) if note["process"] == process else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
