"""What reading images gives, and the checks that every source goes through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import InputError, UnknownName
from misnomer.readers.class_names import report_similar_classes
from misnomer.readers.columns import split_name, split_names
from misnomer.readers.report import ImportReport
from misnomer.readers.rows import one_row_a_key, report_without_label
from misnomer.readers.sample_tables import IMAGE_COLUMNS


@dataclass(frozen=True)
class ImageListing:
    """The samples of one source; no image has been opened.

    Attributes:
        root: absolute folder or URL that the samples' paths are relative to.
        samples: ``sample_tables.IMAGE_COLUMNS``, then the user's columns: numbers int64 or float64, all else text. In
            the order in which the tool that wrote the source would number them.
        class_names: every class of the source, those without samples too, in the source's index order.
        report: what was recognised and every oddity met.
    """

    root: str
    samples: pa.Table
    class_names: tuple[str, ...]
    report: ImportReport


def image_listing(
    root: str,
    columns: Mapping[str, pa.ChunkedArray],
    user_columns: Mapping[str, pa.ChunkedArray],
    class_names: Sequence[str],
    report: ImportReport,
    split: str | None,
) -> ImageListing:
    """Check the samples and put them together.

    Args:
        root: folder or URL.
        columns: key, path, label, split; each (n,) text.
        user_columns: the user's, each (n,).
        class_names: in index order.
        report: gets the findings.
        split: only the samples of this split; or, where the source has no splits, the split of all.

    Raises:
        InputError: no samples.
        UnknownName: the source has splits, but not this one.
    """
    ours = pa.Table.from_arrays([columns[name].cast(pa.string()) for name in IMAGE_COLUMNS.names], schema=IMAGE_COLUMNS)
    for name, column in user_columns.items():
        ours = ours.append_column(name, column)
    report.counts["rows"] = ours.num_rows
    ours = _of_split(one_row_a_key(ours, report), split, report)
    if not ours.num_rows:
        raise InputError(f"{report.source} has no images that can be used.", hint=_hint(report))
    report.counts |= {"samples": ours.num_rows, "classes": len(class_names)}
    report_without_label(ours["key"], ours["label"], report)
    report_similar_classes(class_names, report)
    return ImageListing(root, ours, tuple(class_names), report)


def _of_split(samples: pa.Table, split: str | None, report: ImportReport) -> pa.Table:
    position = samples.schema.get_field_index("split")
    samples = samples.set_column(position, IMAGE_COLUMNS.field("split"), split_names(samples["split"], report))
    if split is None:
        return samples
    known = [name for name in pc.unique(samples["split"]).to_pylist() if name is not None]
    wanted = split if split in known else split_name(split)
    if not known:
        named = pa.repeat(pa.scalar(wanted, pa.string()), samples.num_rows)
        return samples.set_column(position, IMAGE_COLUMNS.field("split"), named)
    if wanted not in known:
        raise UnknownName("split", split, known)
    chosen = samples.filter(pc.equal(samples["split"], wanted))
    report.counts["other_splits"] = samples.num_rows - chosen.num_rows
    return chosen


def _hint(report: ImportReport) -> str:
    found = "; ".join(finding.sentence for finding in report.findings[:3])
    return (f"{found}. " if found else "") + "Give a folder with a folder per class, or a table of paths and labels."
