"""Labels from a file."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from misnomer import settings
from misnomer.project.adding.derived import refresh_derived
from misnomer.project.import_reports import save_report
from misnomer.project.results import ImportSummary
from misnomer.readers.align import align_labels
from misnomer.readers.labels import read_labels
from misnomer.readers.report import ImportReport
from misnomer.readers.sample_tables import LABEL_COLUMNS
from misnomer.store import labels, samples
from misnomer.store.attributes import add_attributes
from misnomer.store.classes import add_label_classes, class_id_column, label_class_names
from misnomer.store.database import Database

_PAIRS_TOLD = 50


def add_labels(database: Database, source: Any, *, accept_suggestions: bool) -> ImportSummary:
    """Give samples labels, splits and further columns from a file."""
    listing = read_labels(source, class_names=label_class_names(database), accept_suggestions=accept_suggestions)
    known = samples.sample_table(database)
    alignment = align_labels(listing, known["key"])
    rows = listing.labels.take(pa.array(alignment.file_rows))
    sample_ids = known["sample_id"].to_numpy()[alignment.sample_rows]
    with database.transaction():
        add_label_classes(database, listing.class_names)
        new, resplit, relabelled = labels.set_labels(database, sample_ids, rows["label"], rows["split"])
        cells = add_attributes(database, sample_ids, rows.drop_columns(LABEL_COLUMNS.names))
        kept = _keep_aside(database, listing.labels.take(pa.array(alignment.unmatched_rows)))
        report = listing.report
        report_changes(report, rows["key"], known["label"].take(pa.array(alignment.sample_rows)), rows["label"])
        report.counts |= {"rows": listing.labels.num_rows, "matched": rows.num_rows, "added": new}
        report.counts |= {"changed": len(relabelled)}
        changed = bool(new or resplit or relabelled or kept or cells)
        refresh_derived(database)
        return save_report(database, report, changed=changed, key_limit=settings.get_int("report_keys"))


def report_changes(
    report: ImportReport, keys: pa.ChunkedArray, before: pa.ChunkedArray, after: pa.ChunkedArray
) -> None:
    """A finding for each pair of classes, from → to, with the keys; the most frequent first, rare ones together."""
    differs = pc.fill_null(pc.not_equal(before, after), False)
    changes = [column.filter(differs).to_pylist() for column in (keys, before, after)]
    by_pair: dict[tuple[str, str], list[str]] = {}
    for key, old, new in zip(*changes, strict=True):
        by_pair.setdefault((old, new), []).append(key)
    ordered = sorted(by_pair, key=lambda pair: (-len(by_pair[pair]), pair))
    for old, new in ordered[:_PAIRS_TOLD]:
        report.add("changed_label", by_pair[old, new], detail=f"{old} → {new}")
    rare = ordered[_PAIRS_TOLD:]
    report.add("changed_label", [key for pair in rare for key in by_pair[pair]], detail=f"{len(rare)} rarer changes")


def _keep_aside(database: Database, rows: pa.Table) -> int:
    class_ids = class_id_column(database, rows["label"])
    return labels.keep_unmatched_labels(
        database, pa.table({"key": rows["key"], "label_id": class_ids, "split": rows["split"]})
    )
