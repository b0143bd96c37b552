"""Files that are whole or not there: written beside their place, then renamed into it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from misnomer.errors import InputError, StorageFailure


@contextmanager
def written_whole(path: str | Path) -> Iterator[Path]:
    """A path to write to; at the end of the block its file replaces ``path``, on an error it goes away.

    What is not a regular file (a pipe, ``/dev/stdout``) is written to directly.

    Raises:
        InputError: the folder is not there, or ``path`` is a folder.
        StorageFailure: the disk refused.
    """
    target = Path(path).expanduser().resolve()
    if target.is_dir():
        raise InputError(f"{target} is a folder.", hint="Give the name of a file to write.")
    if not target.parent.is_dir():
        raise InputError(f"The folder {target.parent} does not exist.", hint="Create it first, or write elsewhere.")
    if target.exists() and not target.is_file():
        with disk_errors(target):
            yield target
        return
    partial = target.with_name(f".misnomer-{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with disk_errors(target):
            yield partial
            _sync(partial)
            partial.replace(target)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def disk_errors(target: Path) -> Iterator[None]:
    """What the disk says against writing ``target``, as StorageFailure."""
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or problem
        raise StorageFailure(
            f"Cannot write {target}: {reason}.", hint="Check free space and permissions, or write elsewhere."
        ) from problem


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
