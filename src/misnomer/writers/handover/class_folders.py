"""A folder per class, as torchvision's ImageFolder and most trainers read it."""

from pathlib import Path

from misnomer.writers.handover.item import Handover, Item, Written
from misnomer.writers.handover.names import safe_component, safe_path, unique_names
from misnomer.writers.handover.placing import left_out, place_image

UNLABELLED = "_unlabeled"  # where FiftyOne looks for images without label


def write_class_folders(handover: Handover, folder: Path) -> Written:
    """Link or copy every image to ``CLASS/KEY``; a key that begins with its class's folder keeps it once.

    A name that is not safe is percent-encoded, one that is taken already gets a number.

    Raises:
        InputError: an image is remote and to be linked.
    """
    unique = unique_names()
    unique_class = unique_names()
    class_folders = {name: unique_class(safe_component(name)) for name in handover.class_names}
    count = without_image = missing = renamed = 0
    for item in handover.items:
        if item.location is None:
            without_image += 1
            continue
        wanted = _path_of(item, class_folders)
        path = unique(wanted)
        renamed += path != wanted
        if place_image(item.location, folder / path, handover.images or "link"):
            count += 1
        else:
            missing += 1
    notes = (f"{renamed:,} renamed, since their name was taken",) if renamed else ()
    return Written(count, (*left_out(without_image, missing), *notes))


def _path_of(item: Item, class_folders: dict[str, str]) -> str:
    class_folder = UNLABELLED if item.label is None else class_folders[item.label]
    return f"{class_folder}/{safe_path(item.key).removeprefix(f'{class_folder}/')}"
