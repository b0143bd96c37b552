"""Labels that come back from a review: decisions, so that the given labels stay and the corrected are a version."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer import settings
from misnomer.project import reviewing
from misnomer.project.adding.labels import report_changes
from misnomer.project.import_reports import save_report
from misnomer.project.results import ImportSummary
from misnomer.readers.align import align_labels
from misnomer.readers.labels import read_labels
from misnomer.store import samples
from misnomer.store.classes import add_label_classes, label_class_names
from misnomer.store.database import Database
from misnomer.store.decisions import standing_labels


def add_corrections(database: Database, source: Any, *, accept_suggestions: bool) -> ImportSummary:
    """A decision for each sample whose label the file gives and no standing decision says already."""
    listing = read_labels(source, class_names=label_class_names(database), accept_suggestions=accept_suggestions)
    known = samples.sample_table(database)
    alignment = align_labels(listing, known["key"])
    labels = listing.labels["label"].take(pa.array(alignment.file_rows))
    matched = known.take(pa.array(alignment.sample_rows))
    decided = standing_labels(database).take(pa.array(alignment.sample_rows))
    is_new = pc.and_(labels.is_valid(), pc.fill_null(pc.not_equal(decided, labels), True))
    before, keys = pc.coalesce(decided, matched["label"]), matched["key"]
    report = listing.report
    report.content = "corrections"
    report.findings = [replace(f, kind="unknown_sample") if f.kind == "extra_key" else f for f in report.findings]
    report_changes(report, keys, before, labels)
    with database.transaction():
        add_label_classes(database, listing.class_names)
        count = reviewing.decide_all(database, *(column.filter(is_new).to_pylist() for column in (keys, labels)))
        changed = pc.and_(is_new, pc.fill_null(pc.not_equal(before, labels), True))
        report.counts |= {"rows": listing.labels.num_rows, "matched": len(keys), "decisions": count}
        report.counts |= {"changed": int(np.count_nonzero(changed.to_numpy()))}
        return save_report(database, report, changed=count > 0, key_limit=settings.get_int("report_keys"))
