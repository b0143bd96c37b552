"""Images whose labels lie in FiftyOne's or COCO's JSON or in a list."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations import Annotations, read_annotations
from misnomer.readers.class_names import labels_of_cells
from misnomer.readers.columns import user_columns
from misnomer.readers.images.class_folders import folder_samples
from misnomer.readers.images.listing import ImageListing, image_listing
from misnomer.readers.images.tree import Tree, joined, list_tree, readable
from misnomer.readers.join import join_keys
from misnomer.readers.report import ImportReport
from misnomer.readers.tables.sources import ByteSource

_FOLDERS_OF_ANNOTATIONS = ("", "annotations")


def read_annotated_folder(tree: Tree, source: str, split: str | None) -> ImageListing | None:
    """The images of a folder that has a file of annotations in it or in ``annotations/``; None if it has not.

    Raises:
        UnreadableSource: it has several.
    """
    found: dict[str, Annotations] = {}
    for folder in tree.folders:
        if folder.path in _FOLDERS_OF_ANNOTATIONS:
            for name in sorted(folder.others):
                path = joined(folder.path, name)
                if name.lower().endswith(".json"):
                    annotations = read_annotations(ByteSource(f"{tree.root}/{path}"))
                    if annotations is not None:
                        found[path] = annotations
    if len(found) > 1:
        raise UnreadableSource(
            f"{source} has several files of annotations: {', '.join(found)}.", hint="Name the one that counts."
        )
    for path, annotations in found.items():
        return _read(annotations, tree, source, split, used=path)
    return None


def read_annotated_file(annotations: Annotations, location: str, source: str, split: str | None) -> ImageListing:
    """The images that a file of annotations names, found below its folder, or the one above ``annotations/``.

    Args:
        annotations: what the file says.
        location: its absolute path or URL.
        source: as the user named it.
        split: see ``read_images``.
    """
    root = location.rpartition("/")[0].removesuffix("/annotations")
    return _read(annotations, list_tree(root), source, split, used=location.removeprefix(root).lstrip("/"))


def _read(annotations: Annotations, tree: Tree, source: str, split: str | None, *, used: str) -> ImageListing:
    report = ImportReport(source, "images", annotations.format)
    tree.report(report, [used])
    samples = folder_samples(tree)
    files = pa.chunked_array([pa.array([readable(path) for path in samples.paths], pa.string())])
    keys = pa.chunked_array([_below(annotations.keys, annotations.image_folder, tree)], pa.string())
    rows = join_keys(keys, files).sample_rows
    report.add(
        "missing_image", keys.filter(pa.array(rows < 0)).to_pylist(), detail=f"not below {tree.root}, or several"
    )
    labels, class_names = labels_of_cells(annotations.label_column, keys, report, class_names=annotations.class_names)
    extra = annotations.user_table
    own = user_columns(extra, extra.column_names, report, typed=True)
    # After the images that the file names, those that it does not: they are samples without label.
    beside = np.setdiff1d(np.arange(len(files)), rows)
    entries = pa.array(np.arange(len(keys) + len(beside)), mask=np.arange(len(keys) + len(beside)) >= len(keys))
    rows = np.concatenate([rows, beside])
    paths = _take(files, rows)
    columns = {
        "key": pc.coalesce(paths, keys.take(entries)),
        "path": paths,
        "label": labels.take(entries),
        "split": _take(pa.chunked_array([pa.array(samples.splits, pa.string())]), rows),
    }
    own = {name: column.take(entries) for name, column in own.items()}
    return image_listing(tree.root, columns, own, class_names, report, split)


def _take(column: pa.ChunkedArray, rows: np.ndarray) -> pa.ChunkedArray:
    """(m,) the cells of these rows, null where the row is −1."""
    return column.take(pa.array(rows, mask=rows < 0))


def _below(keys: list[str], folder: str, tree: Tree) -> list[str]:
    """The keys as paths from the root, if the folder that they are relative to is there."""
    return [joined(folder, key) for key in keys] if any(found.path == folder for found in tree.folders) else keys
