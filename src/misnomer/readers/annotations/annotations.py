"""What a file of annotations says."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Annotations:
    """One entry an image, in the order of the file.

    Attributes:
        format: what the file is, in words.
        keys: names of the images as the file writes them.
        cells: label of each image: a class name, a class index, a list of several, or None.
        class_names: what an index means; may be empty.
        columns: further values of each image, one list a column.
        image_folder: folder that the keys are relative to, beside the file; "" for the file's own.
    """

    format: str
    keys: list[str]
    cells: list[Any]
    class_names: tuple[str, ...]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    image_folder: str = ""
