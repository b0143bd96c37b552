"""Recognise a file of annotations by its content."""

import re

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.annotations.coco import coco_annotations, is_coco
from misnomer.readers.annotations.fiftyone import fiftyone_annotations, is_fiftyone
from misnomer.readers.annotations.lists import is_list, list_annotations
from misnomer.readers.tables.json import load_json
from misnomer.readers.tables.sources import ByteSource

# The first entry of a document that may be one of ours; saves loading JSON lines and tables for nothing.
_FIRST_ENTRY = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*\{\s*"(info|licenses|images|annotations|categories|classes|labels|type)"'
)


def read_annotations(source: ByteSource) -> Annotations | None:
    """What the file says, or None if it is no file of annotations (but perhaps a table).

    Raises:
        UnreadableSource: it is one, but incomplete.
    """
    head = source.head(65536)
    if is_list(head):
        return list_annotations(source)
    if not _FIRST_ENTRY.match(head):
        return None
    try:
        document = load_json(source)
    except UnreadableSource:
        return None
    if not isinstance(document, dict):
        return None
    if is_coco(document):
        return coco_annotations(document, source.name)
    return fiftyone_annotations(document, source.name) if is_fiftyone(document) else None
