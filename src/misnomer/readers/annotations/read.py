"""Recognise a file of annotations by its content."""

import re

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.annotations.coco import coco_annotations, is_coco
from misnomer.readers.annotations.cvat import cvat_annotations, is_cvat
from misnomer.readers.annotations.fiftyone import fiftyone_annotations, is_fiftyone
from misnomer.readers.annotations.label_studio import is_label_studio, label_studio_annotations
from misnomer.readers.annotations.lists import is_list, list_annotations
from misnomer.readers.tables.json import load_json
from misnomer.readers.tables.sources import ByteSource

# The first entry of a document that may be one of ours; saves loading JSON lines and tables for nothing.
_FIRST_ENTRY = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*\{\s*"(info|licenses|images|annotations|categories|classes|labels|type)"'
)
_LIST_OF_TASKS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\[\s*\{[\s\S]*"(annotations|predictions)"\s*:\s*\[')


def read_annotations(source: ByteSource, *, accept_suggestions: bool = False) -> Annotations | None:
    """What the file says, or None if it is no file of annotations (but perhaps a table).

    Args:
        accept_suggestions: take a labelling tool's suggestions that nobody has confirmed for labels.

    Raises:
        UnreadableSource: it is one, but incomplete.
    """
    head = source.head(65536)
    if is_list(head):
        return list_annotations(source)
    if is_cvat(head):
        return cvat_annotations(source, accept_suggestions=accept_suggestions)
    if not _FIRST_ENTRY.match(head) and not _LIST_OF_TASKS.match(head):
        return None
    try:
        document = load_json(source)
    except UnreadableSource:
        return None
    if is_label_studio(document):
        return label_studio_annotations(document, source.name)
    if not isinstance(document, dict):
        return None
    if is_coco(document):
        return coco_annotations(document, source.name)
    return fiftyone_annotations(document, source.name) if is_fiftyone(document) else None
