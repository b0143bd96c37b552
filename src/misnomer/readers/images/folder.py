"""A folder of images whose labels are its folders' names or lie in Hugging Face's metadata."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import InputError
from misnomer.readers.images.class_folders import FolderSamples, folder_samples
from misnomer.readers.images.listing import ImageListing, image_listing
from misnomer.readers.images.metadata import METADATA_FILES, Metadata, read_metadata
from misnomer.readers.images.tree import Tree, readable
from misnomer.readers.report import ImportReport


def read_folder(tree: Tree, source: str, split: str | None) -> ImageListing:
    """The images of a folder by its folders and, where there are any, its metadata files.

    Raises:
        InputError: no images, or images packed into tables.
    """
    report = ImportReport(source, "images", "")
    if not tree.image_count:
        raise InputError(f"There is no image in {source}.", hint=_hint(tree))
    samples = folder_samples(tree)
    metadata = read_metadata(tree, report)
    columns = _columns(samples, report)
    user_columns: dict[str, pa.ChunkedArray] = {}
    class_names, report.format = samples.class_names, samples.format
    if metadata is not None:
        user_columns, class_names = _add_metadata(columns, metadata, class_names, report)
    tree.report(report, metadata.files if metadata else ())
    return image_listing(tree.root, columns, user_columns, class_names, report, split)


def _columns(samples: FolderSamples, report: ImportReport) -> dict[str, pa.ChunkedArray]:
    """key, path, label, split; a path that is no valid text can be shown, but not stored and so not opened."""
    try:
        paths = keys = pa.chunked_array([pa.array(samples.paths, pa.string())])
    except UnicodeEncodeError:
        names = [readable(path) for path in samples.paths]
        broken = [name for name, path in zip(names, samples.paths, strict=True) if name != path]
        report.add("unreadable_image", broken, detail="file names that are not UTF-8; rename the files")
        keys = pa.chunked_array([pa.array(names, pa.string())])
        paths = pc.if_else(pc.is_in(keys, pa.array(broken, pa.string())), None, keys)
    labels = pa.array([None if label is None else readable(label) for label in samples.labels], pa.string())
    splits = pa.array([None if split is None else readable(split) for split in samples.splits], pa.string())
    return {"key": keys, "path": paths, "label": pa.chunked_array([labels]), "split": pa.chunked_array([splits])}


def _add_metadata(
    columns: dict[str, pa.ChunkedArray], metadata: Metadata, folder_classes: tuple[str, ...], report: ImportReport
) -> tuple[dict[str, pa.ChunkedArray], tuple[str, ...]]:
    """Label and split of the metadata first, of the folder second; returns the user's columns and the classes."""
    rows = pc.index_in(columns["key"], metadata.rows["key"].combine_chunks())
    found = metadata.rows.take(rows.combine_chunks())
    report.format = "Hugging Face imagefolder: labels from " + (
        "the metadata" if metadata.has_labels else "the folders"
    )
    if metadata.has_labels and folder_classes:
        report.format += ", else from the folders"
    columns["label"] = pc.coalesce(found["label"], columns["label"])
    columns["split"] = pc.coalesce(found["split"], columns["split"])
    used = np.isin(np.arange(metadata.rows.num_rows), rows.drop_null().to_numpy())
    missing = metadata.rows["key"].filter(pa.array(~used)).to_pylist()
    report.add("missing_image", missing, detail="named in the metadata; left out")
    own = {name: found[name] for name in found.column_names if name not in ("key", "label", "split")}
    present = set(pc.unique(columns["label"]).to_pylist())
    extra = tuple(name for name in folder_classes if name not in metadata.class_names)
    if metadata.has_labels:  # a folder that labels nothing any more is no class
        extra = tuple(name for name in extra if name in present)
    return own, (*metadata.class_names, *extra)


def _hint(tree: Tree) -> str:
    others = sorted(readable(path) for path in tree.others())
    if any(path.endswith((".parquet", ".arrow")) for path in others):
        return "Its images seem to lie inside Parquet or Arrow files: save them as image files with a table of paths."
    tables = [
        path for path in others if path.endswith((".csv", ".tsv", ".json", ".jsonl")) and path not in METADATA_FILES
    ]
    if tables:
        return f"If {tables[0]} is the table of images, name that file."
    return f"Files found: {', '.join(others[:5])}." if others else "It is empty; check the path."
