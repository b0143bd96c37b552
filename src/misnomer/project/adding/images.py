"""Samples from a folder or a table of images."""

import os
from pathlib import Path
from typing import Any

import pyarrow as pa

from misnomer import settings
from misnomer.features.key_metrics import random_of_key
from misnomer.project.adding.derived import refresh_derived
from misnomer.project.adding.waiting import adopt_waiting
from misnomer.project.import_reports import save_report
from misnomer.project.results import ImportSummary
from misnomer.readers.images import read_images
from misnomer.readers.sample_tables import IMAGE_COLUMNS
from misnomer.store import samples
from misnomer.store.attributes import add_attributes
from misnomer.store.classes import add_label_classes
from misnomer.store.database import Database


def add_images(database: Database, source: Any, *, split: str | None = None) -> ImportSummary:
    """Add samples from a folder or table; samples that are there get what is new about them."""
    listing = read_images(source, split=split)
    keys = listing.samples["key"].to_pylist()
    table = listing.samples.append_column("random", pa.array(random_of_key(keys)))
    with database.transaction():
        add_label_classes(database, listing.class_names)
        root_id = samples.add_root(database, listing.root, _relative_to(listing.root, database.directory))
        sample_ids, counts = samples.add_samples(database, table, root_id)
        cells = add_attributes(database, sample_ids, listing.samples.drop_columns(IMAGE_COLUMNS.names))
        adopted = adopt_waiting(database)
        refresh_derived(database)
        listing.report.counts |= {"samples": table.num_rows, **counts}
        changed = cells > 0 or adopted > 0 or any(counts.values())
        return save_report(database, listing.report, changed=changed, key_limit=settings.get_int("report_keys"))


def _relative_to(location: str, directory: Path) -> str | None:
    if "://" in location:
        return None
    try:
        return os.path.relpath(location, directory.resolve())
    except ValueError:  # another drive
        return None
