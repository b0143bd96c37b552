"""Recognise a source of images and read it."""

import os
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations import read_annotations
from misnomer.readers.images.annotated import read_annotated_file, read_annotated_folder
from misnomer.readers.images.folder import read_folder
from misnomer.readers.images.listing import ImageListing
from misnomer.readers.images.table import read_table
from misnomer.readers.images.tree import list_tree
from misnomer.readers.tables import open_table
from misnomer.readers.tables.sources import ByteSource, is_url


def read_images(source: str | PathLike[str] | Any, *, split: str | None = None) -> ImageListing:
    """List the samples of a source, recognised by its content.

    Args:
        source: a folder (a folder per class, with or without split folders; Hugging Face's imagefolder; FiftyOne's
            image classification dataset; COCO; unlabelled images), a table of paths in any format that
            ``open_table`` reads, FiftyOne's or COCO's JSON; local or an fsspec URL; or a table in memory.
        split: only this split of a source that has splits; else the name of the split that all samples are.

    Raises:
        UnreadableSource: no such source, or nothing recognisable in it.
        InputError: no images.
        UnknownName: the source has splits, but not this one.
    """
    if not isinstance(source, str | PathLike):
        return read_table(open_table(source), os.getcwd(), split)  # noqa: PTH109 (as written, links not followed)
    location = fspath(source)
    if is_folder(location):
        tree = list_tree(location)
        return read_annotated_folder(tree, location, split) or read_folder(tree, location, split)
    file = ByteSource(location)
    absolute = location if is_url(location) else os.path.abspath(file.path)  # noqa: PTH100
    annotations = read_annotations(file)
    if annotations is not None:
        return read_annotated_file(annotations, absolute, location, split)
    return read_table(open_table(file), absolute.rpartition("/")[0], split)


def is_folder(location: str) -> bool:
    """Whether this is a folder, local or remote.

    Raises:
        UnreadableSource: the remote side cannot be asked.
    """
    if not is_url(location):
        return Path(location).expanduser().is_dir()
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(location)
        return bool(files.isdir(path))
    except Exception as problem:  # every protocol has errors of its own
        message = f"{location} cannot be read: {type(problem).__name__}: {problem}"
        raise UnreadableSource(message, hint="Check the URL, its protocol and your access to it.") from None
