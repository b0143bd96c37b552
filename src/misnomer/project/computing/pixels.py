"""The step ``pixels``: header and pixel metrics of every image."""

import contextlib

import pyarrow as pa

from misnomer.features.catalogue import scanned_metrics
from misnomer.features.engine import Engine
from misnomer.project.computing.locations import resolve_locations
from misnomer.project.computing.step import Step
from misnomer.project.progress import Progress
from misnomer.store import image_metrics, summary
from misnomer.store.database import Database


def prepare_metrics(database: Database) -> None:
    """Make room for the metrics of the images, dropping what was measured with other formulas or hashes."""
    from misnomer.features.hashes import HASHES_VERSION
    from misnomer.features.scan import scan_schema

    metrics = scanned_metrics()
    versions = {metric.key: metric.version for metric in metrics} | {"hashes": HASHES_VERSION}
    fingerprint = ",".join(f"{name}:{version}" for name, version in versions.items())
    arrow_types = scan_schema()
    sql_types = {m.key: "bigint" if pa.types.is_integer(arrow_types.field(m.key).type) else "double" for m in metrics}
    image_metrics.prepare_image_metrics(database, sql_types, fingerprint)


def measure_images(database: Database, engine: Engine, progress: Progress) -> None:
    """Header and pixel metrics of every image that has none yet."""
    prepare_metrics(database)
    pending = image_metrics.unmeasured_images(database)
    done = 0
    progress("pixels", 0, pending.num_rows)
    locations = resolve_locations(pending, database.directory)
    with contextlib.closing(engine.measure(locations)) as chunks:
        for chunk in chunks:
            image_metrics.add_image_metrics(database, _measured_rows(chunk, pending))
            done += chunk.num_rows
            progress("pixels", done, pending.num_rows)


def _measured_rows(chunk: pa.RecordBatch, pending: pa.Table) -> pa.Table:
    rows = pa.Table.from_batches([chunk])
    return rows.drop_columns(["row"]).add_column(0, "sample_id", pending["sample_id"].take(rows["row"]))


def count_pixels(database: Database) -> tuple[int, int]:
    """Images measured, broken ones included, and images in all."""
    return image_metrics.count_measured(database), summary.project_counts(database).image_count


PIXELS = Step("pixels", measure_images, count_pixels)
