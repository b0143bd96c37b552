"""What a file of annotations says."""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from misnomer.readers.tables.json import column_of_values


@dataclass
class Annotations:
    """One entry an image, in the order of the file.

    Attributes:
        format: what the file is, in words.
        keys: names of the images as the file writes them.
        labels: of each image the class names or indices given to it, as text; none, one or several.
        class_names: what an index means; may be empty.
        columns: further values of each image, one list a column.
        unconfirmed: keys of images with a suggestion that nobody has confirmed, which is no label.
        image_folder: folder that the keys are relative to, beside the file; "" for the file's own.
    """

    format: str
    keys: list[str]
    labels: list[list[str]]
    class_names: tuple[str, ...]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    unconfirmed: list[str] = field(default_factory=list)
    image_folder: str = ""

    @property
    def key_column(self) -> pa.ChunkedArray:
        """(n,) text."""
        return pa.chunked_array([self.keys], pa.string())

    @property
    def label_column(self) -> pa.ChunkedArray:
        """(n,) lists of text."""
        return pa.chunked_array([self.labels], pa.list_(pa.string()))

    @property
    def user_table(self) -> pa.Table:
        """The further columns."""
        return pa.table({name: column_of_values(values) for name, values in self.columns.items()})
