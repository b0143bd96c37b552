"""COCO: categories of whole images, ``images``, ``annotations`` and ``categories`` in one JSON."""

import itertools
from typing import Any

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations.annotations import Annotations


def is_coco(document: dict[str, Any]) -> bool:
    """Whether it has COCO's three lists."""
    return all(isinstance(document.get(name), list) for name in ("images", "annotations", "categories"))


def coco_annotations(document: dict[str, Any], source: str) -> Annotations:
    """The category of each image; category ids need not be contiguous, classes are numbered by rising id.

    Raises:
        UnreadableSource: an entry without what COCO asks of it.
    """
    try:
        categories = sorted(document["categories"], key=lambda category: category["id"])
        names = {category["id"]: str(category["name"]) for category in categories}
        groups = {names[c["id"]]: str(c["supercategory"]) for c in categories if c.get("supercategory")}
        images = document["images"]
        keys = [str(image["file_name"]) for image in images]
        ids = [image["id"] for image in images]
        found: dict[Any, dict[str, None]] = {image_id: {} for image_id in ids}
        for annotation in document["annotations"]:
            if annotation["image_id"] in found:
                name = names.get(annotation["category_id"], str(annotation["category_id"]))
                found[annotation["image_id"]][name] = None
    except (KeyError, TypeError) as problem:
        raise UnreadableSource(
            f"{source} looks like COCO, but an entry is incomplete: {problem!r}.",
            hint="Images need id and file_name, categories id and name, annotations image_id and category_id.",
        ) from None
    labels = [list(found[image_id]) for image_id in ids]
    single = [one[0] if len(one) == 1 else None for one in labels]
    columns: dict[str, list[Any]] = {}
    if any(group != name for name, group in groups.items()):
        columns["supercategory"] = [groups.get(name or "") for name in single]
    return Annotations(
        format="COCO image categories",
        keys=keys,
        labels=labels,
        class_names=tuple(dict.fromkeys(itertools.chain(names.values(), (name for name in single if name)))),
        columns=columns,
    )
