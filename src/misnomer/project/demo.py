"""The demo data that the wheel ships, unpacked into a folder: pictures, their table, and two models' probabilities.

docs/demo.md says what they are; ``scripts/build_demo_data.py`` makes them.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from misnomer.errors import InputError, StorageFailure

IMAGES_ARCHIVE = "images.zip"
SAMPLES_TABLE = "samples.csv"
LICENCES = "LICENSES.md"
PROVENANCE = "provenance.json"


@dataclass(frozen=True)
class DemoFiles:
    """The unpacked demo.

    Attributes:
        directory: where everything lies.
        images: table of the images, with paths relative to it: key, path, label, split, style, ….
        predictions: by model, a file of probabilities.
        licences: whose the pictures are, under which terms.
        provenance: where everything comes from, and each model's accuracy as measured at the build.
    """

    directory: Path
    images: Path
    predictions: Mapping[str, Path]
    licences: Path
    provenance: Path


def demo_data_folder() -> Path:
    """Where the installed package keeps the demo data."""
    return Path(str(files("misnomer"))) / "demo_data"


def extract_demo(directory: str | Path, *, source: Path | None = None) -> DemoFiles:
    """Bring ``directory`` to the state of the shipped demo data.

    A file that is there and right stays untouched, every other is written whole and then renamed into place: run
    twice it changes nothing, killed at any point and run again it finishes. Files of other names are left alone.

    Args:
        directory: made if it does not exist.
        source: folder of the demo data; by default the installed package's.

    Raises:
        InputError: the package was built without demo data, or the data are damaged.
        StorageFailure: the directory cannot be written.
    """
    source = demo_data_folder() if source is None else source
    directory = Path(directory)
    provenance = _read_provenance(source)
    try:
        for name, content in _demo_contents(source, provenance):
            _put(directory, name, content)
        _put(directory, PROVENANCE, (source / PROVENANCE).read_bytes())
    except OSError as problem:
        raise StorageFailure(
            f"Cannot write the demo into {directory}: {problem.strerror or problem}.",
            hint="Choose another directory, or make room: the demo takes about 20 MB.",
        ) from None
    return DemoFiles(
        directory=directory,
        images=directory / SAMPLES_TABLE,
        predictions={name: directory / model["file"] for name, model in provenance["models"].items()},
        licences=directory / LICENCES,
        provenance=directory / PROVENANCE,
    )


def _read_provenance(source: Path) -> dict[str, Any]:
    try:
        provenance: dict[str, Any] = json.loads((source / PROVENANCE).read_bytes())
    except FileNotFoundError:
        raise InputError(
            "This misnomer was built without the demo data.",
            hint="In a source checkout, run `make demo-data` (it needs npm and takes about a minute); "
            "the released wheel has the demo data in it.",
        ) from None
    except (OSError, ValueError):
        raise _damaged(source / PROVENANCE) from None
    if not isinstance(provenance, dict) or not {"files", "models"} <= provenance.keys():
        raise _damaged(source / PROVENANCE)
    return provenance


def _demo_contents(source: Path, provenance: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the demo's files, the archive's members instead of the archive; all verified."""
    for name, expected in provenance["files"].items():
        content = _read_verified(source / name, expected["sha256"])
        if name == IMAGES_ARCHIVE:
            yield from _archive_members(source / name, content)
        else:
            yield name, content


def _read_verified(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        raise _damaged(path) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(path)
    return content


def _archive_members(path: Path, content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
    except zipfile.BadZipFile:
        raise _damaged(path) from None


def _put(directory: Path, name: str, content: bytes) -> None:
    """Give a file this content, unless it has it."""
    path = directory / name
    if not path.resolve().is_relative_to(directory.resolve()):
        raise InputError(f"The demo data name a file outside their folder: {name!r}.", hint=_REINSTALL)
    if _holds(path, content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def _holds(path: Path, content: bytes) -> bool:
    same_size = path.is_file() and path.stat().st_size == len(content)
    return same_size and path.read_bytes() == content


def _damaged(path: Path) -> InputError:
    return InputError(f"The demo data are damaged: {path} is not as it was built.", hint=_REINSTALL)


_REINSTALL = "Install misnomer again; in a source checkout, run `make demo-data`."
