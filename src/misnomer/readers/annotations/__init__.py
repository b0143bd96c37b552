"""Labels that lie in a file of their own form beside the images: FiftyOne, COCO, lists of validation images."""

from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.annotations.read import read_annotations

__all__ = ["Annotations", "read_annotations"]
