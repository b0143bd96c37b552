"""Labels from a file."""

from typing import Any

import pyarrow as pa

from misnomer import settings
from misnomer.project.adding.label_columns import refresh_label_columns
from misnomer.project.adding.reports import save_report
from misnomer.project.results import ImportSummary
from misnomer.readers.align import align_labels
from misnomer.readers.labels import read_labels
from misnomer.schema import LABEL_COLUMNS
from misnomer.store import labels, samples
from misnomer.store.attributes import add_attributes
from misnomer.store.classes import add_label_classes, class_id_column, label_class_names
from misnomer.store.database import Database


def add_labels(database: Database, source: Any) -> ImportSummary:
    """Give samples labels, splits and further columns from a file."""
    listing = read_labels(source, class_names=label_class_names(database))
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
        report.add("changed_label", relabelled)
        report.counts |= {"rows": listing.labels.num_rows, "matched": rows.num_rows, "added": new}
        report.counts |= {"changed": len(relabelled)}
        changed = bool(new or resplit or relabelled or kept or cells)
        refresh_label_columns(database)
        return save_report(database, report, changed=changed, key_limit=settings.get_int("report_keys"))


def _keep_aside(database: Database, rows: pa.Table) -> int:
    class_ids = class_id_column(database, rows["label"])
    return labels.keep_unmatched_labels(
        database, pa.table({"key": rows["key"], "label_id": class_ids, "split": rows["split"]})
    )
