"""Labels for samples that are there already: a table, FiftyOne's or COCO's JSON, a list of images and indices."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Any

import pyarrow as pa

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.annotations import Annotations, label_studio_table, read_annotations
from misnomer.readers.class_names import hugging_face_classes, labels_of_cells, report_similar_classes
from misnomer.readers.columns import LABEL_NAMES, find_roles, no_key_column, split_names, user_columns
from misnomer.readers.one_hot import one_hot_labels
from misnomer.readers.report import ImportReport
from misnomer.readers.rows import choose_key, one_row_a_key, report_without_label
from misnomer.readers.tables import Table, open_table
from misnomer.readers.tables.sources import ByteSource


@dataclass(frozen=True)
class LabelListing:
    """The labels of one source, one row a key.

    Attributes:
        labels: ``sample_tables.LABEL_COLUMNS``, then the user's columns: numbers int64 or float64, all else text.
        class_names: every class of the source, in its index order.
        report: what was recognised and every oddity met.
    """

    labels: pa.Table
    class_names: tuple[str, ...]
    report: ImportReport


def read_labels(
    source: str | PathLike[str] | Any, *, class_names: Sequence[str] = (), accept_suggestions: bool = False
) -> LabelListing:
    """Read keys with their label and, if given, split and further columns.

    Args:
        source: a file that ``open_table`` reads, FiftyOne's or COCO's JSON, Label Studio's or CVAT's export, a list
            of images and class indices, or a table in memory. Local or an fsspec URL.
        class_names: what a class index means where the source does not say.
        accept_suggestions: take a labelling tool's suggestions that nobody has confirmed for labels.

    Raises:
        UnreadableSource: no such file, or neither keys nor labels in it.
        InputError: no rows.
    """
    if isinstance(source, str | PathLike):
        source = ByteSource(fspath(source))
        annotations = read_annotations(source, accept_suggestions=accept_suggestions)
        if annotations is not None:
            return _from_annotations(annotations, source.name, class_names)
    table = open_table(source)
    annotations = label_studio_table(table)
    if annotations is not None:
        return _from_annotations(annotations, table.name, class_names)
    return _from_table(table, class_names)


def _from_annotations(annotations: Annotations, source: str, class_names: Sequence[str]) -> LabelListing:
    report = ImportReport(source, "labels", annotations.format)
    keys, extra = annotations.key_column, annotations.user_table
    known = annotations.class_names or class_names
    labels, classes = labels_of_cells(annotations.label_column, keys, report, class_names=known)
    columns = {"key": keys, "label": labels, "split": pa.nulls(len(keys), pa.string())}
    own = user_columns(extra, extra.column_names, report, typed=True)
    report.add("unconfirmed_suggestion", annotations.unconfirmed)
    return _listing(pa.table(columns | own), classes, report)


def _from_table(table: Table, class_names: Sequence[str]) -> LabelListing:
    report = ImportReport(table.name, "labels", f"a table of labels ({table.format})")
    roles = find_roles(table.column_names)
    if roles.key is None and roles.path is None:
        raise no_key_column(table.name, table.column_names)
    text = [name for name in (roles.key, roles.path, roles.split) if name is not None]
    rows = table.read(types=dict.fromkeys(text, pa.string()))
    report.findings += table.findings
    roles = choose_key(rows, roles, report)
    key_column = roles.key or roles.path
    keys = rows[key_column]
    others = [name for name in rows.column_names if name not in (key_column, roles.label, roles.split)]
    if roles.label is not None:
        known = hugging_face_classes(table.arrow_schema_metadata, roles.label) or class_names
        labels, classes = labels_of_cells(rows[roles.label], keys, report, class_names=known)
    else:
        one_hot = one_hot_labels(rows, others, keys, report)
        if one_hot is None:
            raise UnreadableSource(
                f"{table.name} has no column of labels; its columns: {', '.join(table.column_names[:10])}.",
                hint=f"Name it one of {', '.join(LABEL_NAMES[:7])}.",
            )
        labels, classes = one_hot
        others = [name for name in others if name not in classes]
    columns = {"key": keys, "label": labels}
    columns["split"] = (
        pa.nulls(len(keys), pa.string()) if roles.split is None else split_names(rows[roles.split], report)
    )
    return _listing(pa.table(columns | user_columns(rows, others, report, typed=table.typed)), classes, report)


def _listing(rows: pa.Table, class_names: Sequence[str], report: ImportReport) -> LabelListing:
    report.counts["rows"] = rows.num_rows
    labels = one_row_a_key(rows, report)
    if not labels.num_rows:
        found = "; ".join(finding.sentence for finding in report.findings[:3])
        raise InputError(f"{report.source} has no labels that can be used.", hint=found or "It has no rows.")
    report_without_label(labels["key"], labels["label"], report)
    report_similar_classes(class_names, report)
    return LabelListing(labels, tuple(class_names), report)
