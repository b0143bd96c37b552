"""Images beside what is written, as links or copies; the user's own are only read."""

import shutil
from pathlib import Path

from misnomer.errors import InputError
from misnomer.writers.handover.item import Placing


def place_image(location: str, target: Path, placing: Placing) -> bool:
    """Link or copy one image to ``target``, whose folder is made; returns False if the image is not there.

    Raises:
        InputError: it is remote and cannot be linked.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if "://" in location:
        if placing == "link":
            raise InputError(f"{location} is remote and cannot be linked.", hint="Use --images copy (images='copy').")
        import fsspec

        with fsspec.open(location, "rb") as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
        return True
    source_path = Path(location)
    if not source_path.is_file():
        return False
    if placing == "link":
        target.symlink_to(source_path)
    else:
        shutil.copyfile(source_path, target)
    return True


def left_out(without_image: int, missing: int = 0) -> tuple[str, ...]:
    """Notes on samples that were left out for want of an image."""
    told = ((without_image, "without an image"), (missing, "whose image is not there"))
    return tuple(f"{count:,} {what} left out" for count, what in told if count)
