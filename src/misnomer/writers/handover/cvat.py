"""CVAT for images 1.1: one XML with a tag an image, to be uploaded as annotations of a task that has the images.

CVAT finds an image by its name in the task, so name the images there by their keys: create the task from the root.
"""

from pathlib import Path

from misnomer.writers.handover.item import Handover, Item, Written
from misnomer.writers.handover.xml import attribute, content


def write_cvat(handover: Handover, target: Path) -> Written:
    """Write one tag an image: the suggestion with ``source="auto"``, else the label with ``source="manual"``.

    ``id`` is the position in the order given, which must be that of the keys.
    """
    count = untagged = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(handover))
        for item in handover.items:
            file.write(_image(count, item))
            count += 1
            untagged += item.suggestion is None and item.label is None
        file.write("</annotations>\n")
    return Written(count, (f"{untagged:,} without suggestion and label, so without a tag",) if untagged else ())


def _head(handover: Handover) -> str:
    labels = "".join(
        f"<label><name>{content(name)}</name><type>tag</type><attributes></attributes></label>\n"
        for name in handover.class_names
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n'
        f"<meta><task><name>{content(handover.title)}</name>\n<labels>\n{labels}</labels></task>\n"
        f"<dumped>{handover.created:%Y-%m-%d %H:%M:%S%z}</dumped></meta>\n"
    )


def _image(position: int, item: Item) -> str:
    size = "" if item.width_px is None else f' width="{item.width_px}" height="{item.height_px}"'
    chosen = item.suggestion or item.label
    source = "manual" if item.suggestion is None else "auto"
    tag = "" if chosen is None else f'<tag label={attribute(chosen)} source="{source}"></tag>'
    return f'<image id="{position}" name={attribute(item.key)}{size}>{tag}</image>\n'
