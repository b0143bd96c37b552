"""What has been measured on the images: a row a measured image, committed in chunks, resumed where it stopped."""

import pyarrow as pa

from misnomer.store.database import Database
from misnomer.store.fields import quoted

_STEP = "pixels"


def prepare_image_metrics(database: Database, metric_types: dict[str, str], fingerprint: str) -> None:
    """Make room for the metrics; rows measured with other formulas (another fingerprint) are dropped.

    Args:
        metric_types: SQL type by metric key.
        fingerprint: of the versions of metrics and hashes.
    """
    if database.value("select fingerprint from computed where step = ?", [_STEP]) == fingerprint:
        return
    columns = ", ".join(f"{quoted(key)} {sql_type}" for key, sql_type in metric_types.items())
    with database.transaction():
        database.execute("drop table if exists image_metrics")
        database.execute(
            f"create table image_metrics (sample_id integer not null, {columns}, "
            "pixel_hash varchar, perceptual_hash ubigint, mirrored_hash ubigint, "
            "problem varchar, problem_detail varchar)"
        )
        database.execute("delete from computed where step = ?", [_STEP])
        database.execute("insert into computed values (?, ?)", [_STEP, fingerprint])


def unmeasured_images(database: Database) -> pa.Table:
    """sample_id, key, location, relative, path of every image without a row, in order.

    An image that could not be read is tried again, so that mending or fetching it is enough.
    """
    return database.arrow(
        "select sample_id, key, location, relative, path from samples join roots using (root_id) "
        "anti join (select sample_id from image_metrics where problem is null) using (sample_id) "
        "where path is not null order by sample_id"
    )


def add_image_metrics(database: Database, rows: pa.Table) -> None:
    """Commit one chunk: sample_id, the metrics, pixel_hash, perceptual_hash, mirrored_hash, problem, problem_detail."""
    names = ", ".join(quoted(name) for name in rows.column_names)
    with database.tables(measured=rows), database.transaction():
        database.execute(
            "delete from image_metrics where problem is not null and sample_id in (select sample_id from measured)"
        )
        database.execute(f"insert into image_metrics ({names}) select * from measured")


def count_measured(database: Database) -> int:
    """Number of images that have been measured, broken ones included."""
    return int(database.value("select count(*) from image_metrics")) if has_image_metrics(database) else 0


def has_image_metrics(database: Database) -> bool:
    """Whether the metrics have their table yet."""
    return bool(database.value("select count(*) from information_schema.tables where table_name = 'image_metrics'"))


def image_problems(database: Database) -> list[tuple[str, str, str]]:
    """Kind, key and detail of every image that could not be measured."""
    if not has_image_metrics(database):
        return []
    return database.rows(
        "select problem, key, coalesce(problem_detail, '') from image_metrics join samples using (sample_id) "
        "where problem is not null order by problem, key"
    )
