"""Where the images of samples are now."""

from pathlib import Path

import pyarrow as pa

from misnomer.features.files import image_location


def resolve_locations(located: pa.Table, directory: Path) -> list[str]:
    """Where each image is now: at its root, or, when project and images moved together, at the same relative place.

    Args:
        located: location, relative (of the root), path.
        directory: the project's.
    """
    # Not ``group_by`` of Arrow, which would import pandas where only a page is asked for: half a second, 56 MB.
    roots = list(zip(located["location"].to_pylist(), located["relative"].to_pylist(), strict=True))
    now = {root: _root_now(*root, directory) for root in dict.fromkeys(roots)}
    return [image_location(now[root], path) for root, path in zip(roots, located["path"].to_pylist(), strict=True)]


def _root_now(location: str, relative: str | None, directory: Path) -> str:
    if relative is not None and not Path(location).exists():
        moved = directory.resolve() / relative
        if moved.exists():
            return str(moved)
    return location
