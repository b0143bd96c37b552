"""Labels in a file of their own form: FiftyOne, COCO, Label Studio, CVAT, lists of validation images."""

from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.annotations.label_studio import label_studio_table
from misnomer.readers.annotations.read import read_annotations

__all__ = ["Annotations", "label_studio_table", "read_annotations"]
