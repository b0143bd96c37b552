"""Folders that are whole or not there: written beside their place, then renamed into it.

Each holds a list of its own files, so that a later export may replace it, and nothing else, ever.
"""

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from misnomer.errors import InputError
from misnomer.writers.atomic import disk_errors

LIST_FILE = "misnomer-export.json"


@contextlib.contextmanager
def folder_written_whole(path: str | Path, *, format: str, beside: list[str]) -> Iterator[Path]:
    """A folder to write into; at the end of the block it stands at ``path``, on an error it goes away.

    Args:
        path: a new or empty folder, or one that an earlier export wrote and nobody changed, which is replaced.
        format: what is written, for the list of files.
        beside: folders of the user's images; neither in nor around them anything is written.

    Raises:
        InputError: ``path`` holds something else, is a file, or lies in or around the user's images.
        StorageFailure: the disk refused.
    """
    target = Path(path).expanduser().resolve()
    _check_place(target, beside)
    check_replaceable(target)
    partial = target.with_name(f".misnomer-{os.getpid()}-{secrets.token_hex(4)}.part")
    replaced = target.with_name(f"{partial.name}.old")
    with disk_errors(target):
        try:
            partial.mkdir()
            yield partial
            listed = {"format": format, "files": dict(sorted(_files(partial)))}
            (partial / LIST_FILE).write_text(json.dumps(listed, indent=0), encoding="utf-8")
            if target.exists():
                target.rename(replaced)
            partial.rename(target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            if replaced.exists() and not target.exists():
                replaced.rename(target)
            shutil.rmtree(replaced, ignore_errors=True)


def check_replaceable(target: Path) -> bool:
    """Whether there is an earlier export that may be replaced.

    Raises:
        InputError: there is something else.
    """
    if not target.exists():
        return False
    if not target.is_dir():
        raise InputError(f"{target} is a file.", hint="Give the name of a new folder.")
    if not any(target.iterdir()):
        return False
    try:
        listed = json.loads((target / LIST_FILE).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{target} is not empty, and no export of misnomer.", hint="Give the name of a new folder."
        ) from None
    for name, size in _files(target):
        if name != LIST_FILE and (name not in listed or listed[name] != size):
            raise InputError(
                f"{target} is an earlier export, but {name!r} has been added or changed since.",
                hint="Give the name of a new folder, or delete this one.",
            )
    return True


def _check_place(target: Path, beside: list[str]) -> None:
    if not target.parent.is_dir():
        raise InputError(f"The folder {target.parent} does not exist.", hint="Create it first, or write elsewhere.")
    for root in (Path(root).resolve() for root in beside):
        if target == root or root.is_relative_to(target) or target.is_relative_to(root):
            raise InputError(
                f"{target} lies in or around the images in {root}.", hint="Give a folder outside of your images."
            )


def _files(folder: Path) -> Iterator[tuple[str, int | None]]:
    """Path and size in bytes of every file; links have no size."""
    for directory, _, names in os.walk(folder):
        for name in names:
            path = Path(directory) / name
            yield path.relative_to(folder).as_posix(), None if path.is_symlink() else path.lstat().st_size
