"""Hugging Face's imagefolder: ``metadata.csv``, ``.jsonl`` or ``.parquet`` beside the images, by ``file_name``."""

import posixpath
from dataclasses import dataclass, field

import pyarrow as pa

from misnomer.readers.class_names import hugging_face_classes, labels_of_cells
from misnomer.readers.columns import LABEL_NAMES, SPLIT_NAMES, named, plain_name, user_columns
from misnomer.readers.images.tree import Tree, joined
from misnomer.readers.report import ImportReport
from misnomer.readers.rows import one_row_a_key
from misnomer.readers.tables import Table, open_table

METADATA_FILES = ("metadata.csv", "metadata.jsonl", "metadata.parquet")


@dataclass
class Metadata:
    """The rows of all metadata files of a tree.

    Attributes:
        rows: key (path relative to the root), label, split, then the user's columns.
        class_names: of the label column, in index order; empty without one.
        has_labels: there is a label column.
        files: their paths.
    """

    rows: pa.Table
    class_names: tuple[str, ...]
    has_labels: bool
    files: list[str] = field(default_factory=list)


def read_metadata(tree: Tree, report: ImportReport) -> Metadata | None:
    """The metadata files of a tree, or None if there are none that name files."""
    tables: list[pa.Table] = []
    class_names: dict[str, None] = {}
    files: list[str] = []
    has_labels = names_known = False
    for folder in sorted(tree.folders, key=lambda folder: folder.path):
        for name in sorted(set(folder.others) & set(METADATA_FILES)):
            table = open_table(joined(tree.root, joined(folder.path, name)))
            key_column = named(table.column_names, ("file_name",))
            if key_column is None:
                continue
            rows, classes = _read(table, key_column, folder.path, report)
            label_column = named(table.column_names, LABEL_NAMES)
            has_labels |= label_column is not None
            names_known |= bool(hugging_face_classes(table.arrow_schema_metadata, label_column or ""))
            tables.append(rows)
            class_names |= dict.fromkeys(classes)
            files.append(joined(folder.path, name))
    if not files:
        return None
    rows = one_row_a_key(pa.concat_tables(tables, promote_options="permissive"), report)
    return Metadata(rows, tuple(class_names if names_known else sorted(class_names)), has_labels, files)


def _read(table: Table, key_column: str, folder: str, report: ImportReport) -> tuple[pa.Table, tuple[str, ...]]:
    label_column = named(table.column_names, LABEL_NAMES)
    split_column = named(table.column_names, SPLIT_NAMES)
    types = {name: pa.string() for name in (key_column, split_column) if name is not None}
    content = table.read(types=types)
    report.findings += table.findings
    keys = pa.chunked_array(
        [
            [
                None if name is None else posixpath.normpath(joined(folder, name))
                for name in content[key_column].to_pylist()
            ]
        ],
        pa.string(),
    )
    nothing = pa.chunked_array([pa.nulls(len(keys), pa.string())])
    labels, class_names = nothing, tuple[str, ...]()
    if label_column is not None:
        known = hugging_face_classes(table.arrow_schema_metadata, label_column)
        labels, class_names = labels_of_cells(content[label_column], keys, report, class_names=known)
    columns = {"key": keys, "label": labels, "split": nothing if split_column is None else content[split_column]}
    own = [name for name in content.column_names if name not in (key_column, label_column, split_column)]
    own = [name for name in own if plain_name(name) != "file_name"]
    return pa.table(columns | user_columns(content, own, report, typed=table.typed)), class_names
