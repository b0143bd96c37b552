"""Long work, in steps: each is resumable, does only what is missing, and is committed in chunks."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from misnomer import settings
from misnomer.errors import UnknownName
from misnomer.features.catalogue import scanned_metrics
from misnomer.features.files import image_location
from misnomer.project.progress import Progress
from misnomer.store import image_metrics
from misnomer.store.database import Database

STEPS = ("pixels",)


def compute(database: Database, steps: tuple[str, ...], *, workers: int | None, progress: Progress) -> None:
    """Do what is missing of the steps (none named: all).

    Raises:
        UnknownName: there is no such step.
    """
    for step in steps:
        check_step(step)
    if not steps or "pixels" in steps:
        measure_images(database, workers=workers, progress=progress)


def check_step(step: str) -> None:
    """Raise UnknownName if there is no such step."""
    if step not in STEPS:
        raise UnknownName("step", step, STEPS)


def prepare_metrics(database: Database) -> None:
    """Make room for the metrics of the images, dropping what was measured with other formulas."""
    from misnomer.features.scan import scan_schema

    metrics = scanned_metrics()
    fingerprint = ",".join(f"{metric.key}:{metric.version}" for metric in metrics)
    arrow_types = scan_schema()
    sql_types = {m.key: "bigint" if pa.types.is_integer(arrow_types.field(m.key).type) else "double" for m in metrics}
    image_metrics.prepare_image_metrics(database, sql_types, fingerprint)


def measure_images(database: Database, *, workers: int | None, progress: Progress) -> None:
    """Header and pixel metrics of every image that has none yet."""
    from misnomer.features.scan import scan_images

    prepare_metrics(database)
    pending = image_metrics.unmeasured_images(database)
    done = 0
    progress("pixels", 0, pending.num_rows)
    locations = resolve_locations(pending, database.directory)
    count = settings.get_int("workers") if workers is None else workers
    with contextlib.closing(scan_images(locations, workers=count)) as chunks:
        for chunk in chunks:
            image_metrics.add_image_metrics(database, _measured_rows(chunk, pending))
            done += chunk.num_rows
            progress("pixels", done, pending.num_rows)


def _measured_rows(chunk: pa.RecordBatch, pending: pa.Table) -> pa.Table:
    rows = pa.Table.from_batches([chunk])
    return rows.drop_columns(["row"]).add_column(0, "sample_id", pending["sample_id"].take(rows["row"]))


def resolve_locations(located: pa.Table, directory: Path) -> list[str]:
    """Where each image is now: at its root, or, when project and images moved together, at the same relative place.

    Args:
        located: location, relative (of the root), path.
        directory: the project's.
    """
    roots = {
        (location, relative): _root_now(location, relative, directory) for location, relative in _unique_roots(located)
    }
    return [
        image_location(roots[location, relative], path)
        for location, relative, path in zip(
            located["location"].to_pylist(), located["relative"].to_pylist(), located["path"].to_pylist(), strict=True
        )
    ]


def _unique_roots(located: pa.Table) -> Iterator[tuple[str, str | None]]:
    pairs = located.group_by(["location", "relative"]).aggregate([])
    yield from zip(pairs["location"].to_pylist(), pairs["relative"].to_pylist(), strict=True)


def _root_now(location: str, relative: str | None, directory: Path) -> str:
    if relative is not None and not Path(location).exists():
        moved = directory.resolve() / relative
        if moved.exists():
            return str(moved)
    return location
