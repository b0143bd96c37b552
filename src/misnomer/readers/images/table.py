"""A table of image paths with label, split and the user's columns."""

import os
import posixpath
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer import settings
from misnomer.errors import UnreadableSource
from misnomer.readers.class_names import hugging_face_classes, labels_of_cells
from misnomer.readers.columns import Roles, find_roles, no_key_column, user_columns
from misnomer.readers.images.class_folders import folder_samples
from misnomer.readers.images.listing import ImageListing, image_listing
from misnomer.readers.images.tree import is_image_name, list_tree, readable
from misnomer.readers.join import join_keys
from misnomer.readers.one_hot import one_hot_labels
from misnomer.readers.report import ImportReport
from misnomer.readers.rows import choose_key
from misnomer.readers.tables import Table
from misnomer.readers.tables.arrow import MemoryTable
from misnomer.readers.tables.sources import is_url

_LOOKED_AT = 32
_UNUSUAL = r"\\|//|(^|/)\.\.?(/|$)|^/|^[A-Za-z]:|^~|:/|/$"


def read_table(table: Table, root: str, split: str | None) -> ImageListing:
    """The samples that a table names.

    Args:
        table: with a column of paths or keys; label, split and other columns if it has them.
        root: folder or URL that its paths are relative to.
        split: see ``read_images``.

    Raises:
        UnreadableSource: no column names the images, or they lie inside the table.
        InputError: no rows.
    """
    report = ImportReport(table.name, "images", f"a table of images ({table.format})")
    roles = find_roles(table.column_names)
    named_by = roles.path or roles.key
    if named_by is None:
        raise no_key_column(table.name, table.column_names)
    _refuse_embedded(table, named_by)
    text = {name: pa.string() for name in (roles.path, roles.key, roles.split) if name is not None}
    rows = table.read(types=text)
    report.findings += table.findings
    paths = _relative_paths(rows[named_by], root)
    roles = choose_key(rows, roles, report)
    keys = paths if roles.key is None else rows[roles.key]
    if not isinstance(table, MemoryTable):  # which has no folder of its own
        paths = _existing(paths, root, report)
    labels, class_names, used = _labels(table, rows, keys, roles, report)
    own = [name for name in rows.column_names if name not in roles.used | used]
    columns = {
        "key": keys,
        "path": paths,
        "label": labels,
        "split": _nothing(len(keys)) if roles.split is None else rows[roles.split],
    }
    return image_listing(root, columns, user_columns(rows, own, report, typed=table.typed), class_names, report, split)


def _nothing(count: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(count, pa.string())])


def _refuse_embedded(table: Table, name: str) -> None:
    kind = table.schema.field(name).type
    if pa.types.is_struct(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise UnreadableSource(
            f"The images of {table.name} lie inside the table (column {name!r}), not in files.",
            hint="Save them as files first, for instance with datasets: for i, row in enumerate(dataset): "
            "row['image'].save(f'images/{i}.png'); then name the folder or a table of their paths.",
        )


def _labels(
    table: Table, rows: pa.Table, keys: pa.ChunkedArray, roles: Roles, report: ImportReport
) -> tuple[pa.ChunkedArray, Sequence[str], set[str]]:
    """Labels, classes in index order, and the further columns that they took."""
    if roles.label is not None:
        known = hugging_face_classes(table.arrow_schema_metadata, roles.label)
        labels, class_names = labels_of_cells(rows[roles.label], keys, report, class_names=known)
        return labels, class_names, set()
    others = [name for name in rows.column_names if name not in roles.used]
    one_hot = one_hot_labels(rows, others, keys, report)
    if one_hot is None:
        return _nothing(len(keys)), (), set()
    report.format += ", one column of 0 and 1 per class"
    return one_hot[0], one_hot[1], set(one_hot[1])


def _relative_paths(paths: pa.ChunkedArray, root: str) -> pa.ChunkedArray:
    """POSIX paths, relative to the root where they are below it; unusual ones only are touched."""
    unusual = pc.fill_null(pc.match_substring_regex(paths, _UNUSUAL), False)
    if not pc.any(unusual).as_py():
        return paths
    replaced = [_relative(path, root) for path in paths.filter(unusual).to_pylist()]
    return pa.chunked_array(
        [pc.replace_with_mask(paths.combine_chunks(), unusual.combine_chunks(), pa.array(replaced, pa.string()))]
    )


def _relative(path: str, root: str) -> str:
    r"""One path, written the POSIX way, from the root on if it is below it.

    >>> _relative("/data/cat/1.jpg", "/data"), _relative(".\\cat\\1.jpg", "/data"), _relative("s3://b/c.jpg", "/data")
    ('cat/1.jpg', 'cat/1.jpg', 's3://b/c.jpg')
    """
    path = path.removeprefix("file://")
    if is_url(path):
        return path.removeprefix(root.rstrip("/") + "/") if is_url(root) else path
    if "\\" in path and not os.path.exists(os.path.join(root, path)):  # noqa: PTH110, PTH118
        path = path.replace("\\", "/")
    path = posixpath.normpath(os.path.expanduser(path))  # noqa: PTH111
    return path.removeprefix(root.rstrip("/") + "/")


def _existing(paths: pa.ChunkedArray, root: str, report: ImportReport) -> pa.ChunkedArray:
    """The paths; or, where the first of them are no files, the files below the root that they may mean."""
    first = [path for path in paths.slice(0, _LOOKED_AT).to_pylist() if path is not None]
    if is_url(root) or not first or any(_exists(path, root) for path in first):
        return paths
    files = _files_below(root, limit=4 * len(paths) + 10_000)  # more are hardly this table's
    rows = join_keys(paths, files).sample_rows if len(files) else np.full(len(paths), -1)
    found = rows >= 0
    if not found.any():
        detail = f"no such file below {root}, such as {first[0]}"
        listed = paths.drop_null().slice(0, settings.get_int("report_keys")).to_pylist()
        report.add("missing_image", listed, count=len(paths), detail=detail)
        are_ids = not any(is_image_name(path) for path in first)
        return _nothing(len(paths)) if are_ids else paths
    report.add("converted", count=int(found.sum()), detail=f"paths to the files below {root} that end like them")
    report.add("missing_image", paths.filter(pa.array(~found)).to_pylist(), detail=f"not below {root}")
    return pc.coalesce(files.take(pa.array(rows, mask=~found)), paths)


def _exists(path: str, root: str) -> bool:
    return is_url(path) or os.path.exists(os.path.join(root, path))  # noqa: PTH110, PTH118


def _files_below(root: str, limit: int) -> pa.ChunkedArray:
    tree = list_tree(root, limit=limit)
    paths = folder_samples(tree).paths if tree.complete else []
    return pa.chunked_array([pa.array([readable(path) for path in paths], pa.string())])
