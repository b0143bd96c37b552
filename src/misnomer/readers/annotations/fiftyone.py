"""FiftyOneImageClassificationDataset: ``labels.json`` beside ``data/``."""

from typing import Any

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations.annotations import Annotations


def is_fiftyone(document: dict[str, Any]) -> bool:
    """``{"classes": […] or null, "labels": {key: target} or null}``"""
    labels = document.get("labels")
    return (
        "labels" in document
        and (labels is None or isinstance(labels, dict))
        and document.keys() <= {"classes", "labels"}
    )


def fiftyone_annotations(document: dict[str, Any], source: str) -> Annotations:
    """A target is a class index if there are classes, else a name; an object with a label; a list; or null."""
    classes = document.get("classes") or []
    if not isinstance(classes, list):
        raise UnreadableSource(f"The classes of {source} are {classes!r}.", hint="They must be a list of names.")
    class_names = tuple(str(name) for name in classes)
    targets: dict[str, Any] = document["labels"] or {}
    attributes = [_attributes(target) for target in targets.values()]
    names = dict.fromkeys(name for found in attributes for name in found)
    return Annotations(
        format="FiftyOne image classification (labels.json)",
        keys=list(targets),
        labels=[_labels(target, class_names) for target in targets.values()],
        class_names=class_names,
        columns={name: [found.get(name) for found in attributes] for name in names},
        image_folder="data",
    )


def _labels(target: Any, class_names: tuple[str, ...]) -> list[str]:
    if isinstance(target, list):
        return [label for one in target for label in _labels(one, class_names)]
    if isinstance(target, dict):
        return _labels(target.get("label"), class_names)
    if isinstance(target, int) and not isinstance(target, bool) and 0 <= target < len(class_names):
        return [class_names[target]]
    return [] if target is None else [str(target)]


def _attributes(target: Any) -> dict[str, Any]:
    attributes = target.get("attributes") if isinstance(target, dict) else None
    if not isinstance(attributes, dict):
        return {}
    plain = {name: value.get("value") if isinstance(value, dict) else value for name, value in attributes.items()}
    return {name: value for name, value in plain.items() if isinstance(value, str | int | float)}
