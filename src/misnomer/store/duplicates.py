"""Duplicates: links between samples that look the same, and the full hashes that confirm them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from misnomer.store.arrays import no_rows, rows_of, to_numpy
from misnomer.store.database import Database
from misnomer.store.image_metrics import has_image_metrics

_STEP = "duplicates"
LINKS = pa.schema(
    [("first_id", pa.int64()), ("second_id", pa.int64()), ("kind", pa.string()), ("distance", pa.float64())]
)
_LINKED = pa.schema(
    [
        *((name, pa.int64()) for name in ("sample_id", "label_id", "width", "height", "area")),
        *((name, pa.string()) for name in ("key", "label", "split")),
    ]
)


@dataclass(frozen=True)
class LinksState:
    """What links are made of: when it is another, they are made anew.

    Attributes:
        rules: version of the rules by which images are linked.
        image_count, image_digest: of the measured images.
        embedding, graph: name of the embedding and version of its neighbours; None: only hashes were compared.
    """

    rules: int
    image_count: int
    image_digest: str
    embedding: str | None
    graph: str | None


def measured_images(database: Database) -> dict[str, np.ndarray]:
    """sample_id, width, height (int64), contrast, red_values, green_values, blue_values, saturation (float64),
    perceptual_hash and mirrored_hash (uint64) of every image that could be read, in order."""
    table = database.arrow(
        "select sample_id::bigint as sample_id, width::bigint as width, height::bigint as height, contrast, "
        "red_values, green_values, blue_values, saturation, perceptual_hash, mirrored_hash from image_metrics "
        "where problem is null order by sample_id"
    )
    return {name: table[name].to_numpy() for name in table.column_names}


def images_state(database: Database) -> tuple[int, str]:
    """Number of images that could be measured, and a digest that changes when one is added or measured anew.

    Images that were measured before there were mirrored hashes count for none until they are measured again.
    """
    if not _has_mirrored_hashes(database):
        return 0, ""
    count, digest = database.rows(
        "select count(*), bit_xor(hash(hash(sample_id, perceptual_hash, pixel_hash)))::varchar from image_metrics "
        "where problem is null"
    )[0]
    return count, digest or ""


def _has_mirrored_hashes(database: Database) -> bool:
    return bool(
        database.value(
            "select count(*) from information_schema.columns "
            "where table_name = 'image_metrics' and column_name = 'mirrored_hash'"
        )
    )


def links_state(database: Database) -> LinksState | None:
    """What the links were made of; None: they have not been made."""
    fingerprint = database.value("select fingerprint from computed where step = ?", [_STEP])
    return None if fingerprint is None else LinksState(**json.loads(fingerprint))


def full_hashes(database: Database) -> tuple[np.ndarray, np.ndarray]:
    """sample_ids (int64) and hashes (text) of the images decoded in full so far, in order."""
    table = database.arrow(
        "select sample_id::bigint as sample_id, pixel_hash from full_pixel_hashes order by sample_id"
    )
    return table["sample_id"].to_numpy(), np.array(table["pixel_hash"].to_pylist(), dtype=str)


def add_full_hashes(database: Database, hashes: Sequence[tuple[int, str]]) -> None:
    """Commit one chunk of (sample_id, pixel_hash)."""
    ids, values = [sample_id for sample_id, _ in hashes], [pixel_hash for _, pixel_hash in hashes]
    rows = pa.table({"sample_id": pa.array(ids, pa.int32()), "pixel_hash": pa.array(values, pa.string())})
    with database.tables(hashed=rows), database.transaction():
        database.execute("insert into full_pixel_hashes select sample_id, pixel_hash from hashed")


def set_links(database: Database, links: pa.Table, state: LinksState) -> None:
    """Replace all links, which are of the schema ``LINKS``."""
    with database.tables(links=links), database.transaction():
        database.execute("delete from duplicate_links")
        database.execute("insert into duplicate_links select first_id, second_id, kind, distance from links")
        database.execute("delete from computed where step = ?", [_STEP])
        database.execute("insert into computed values (?, ?)", [_STEP, json.dumps(asdict(state))])


def duplicate_links(database: Database) -> pa.Table:
    """All links, of the schema ``LINKS``, whose kinds are exact, hash and embedding."""
    return database.arrow(
        "select first_id::bigint as first_id, second_id::bigint as second_id, kind, distance from duplicate_links"
    )


@dataclass(frozen=True)
class Duplicate:
    """A member of a sample's group."""

    key: str
    label: str | None
    split: str | None


def group_of(database: Database, sample_id: int, limits: Mapping[str, float], more: pa.Table) -> list[Duplicate]:
    """The others of a sample's group by key, over links of these kinds up to these distances.

    Args:
        more: further links, of the schema ``LINKS``.
    """
    within = " or ".join("kind = ? and distance <= ?" for _ in limits)
    with database.tables(more=more):
        rows = database.rows(
            "with recursive links as (select first_id, second_id from "
            f"(from duplicate_links union all select first_id, second_id, kind, distance from more) where {within}), "
            "edges as (select first_id as one, second_id as other from links "
            "union all select second_id, first_id from links), reached as (select ?::bigint as sample_id "
            "union select other from reached join edges on one = sample_id) "
            "select key, name, split from reached join samples using (sample_id) "
            "left join classes on class_id = label_id where sample_id <> ? order by encode(key)",
            [*(value for limit in limits.items() for value in limit), sample_id, sample_id],
        )
    return [Duplicate(*row) for row in rows]


def linked_samples(database: Database, sample_ids: np.ndarray) -> pa.Table:
    """sample_id, key, label, label_id, split, width, height, area (bigint) of samples, in the order of their keys."""
    if not has_image_metrics(database):  # nothing can be linked
        return no_rows(_LINKED)
    with database.tables(wanted=rows_of(sample_ids)):
        return database.arrow(
            "select sample_id::bigint as sample_id, key, name as label, label_id::bigint as label_id, split, "
            "width::bigint as width, height::bigint as height, width::bigint * height::bigint as area "
            "from samples join wanted using (sample_id) left join classes on class_id = label_id "
            "left join image_metrics using (sample_id) order by encode(key)"
        )


def predicted_classes(database: Database, sample_ids: np.ndarray) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """By model's id: sample_ids and class_ids (int64) of the predictions of samples."""
    with database.tables(wanted=rows_of(sample_ids)):
        table = database.arrow(
            "select model_id, sample_id::bigint as sample_id, class_id::bigint as class_id from predictions "
            "join wanted using (sample_id)"
        )
    models = to_numpy(table["model_id"])
    columns = to_numpy(table["sample_id"]), to_numpy(table["class_id"])
    return {
        int(model): (columns[0][models == model], columns[1][models == model]) for model in np.unique(models).tolist()
    }


def predictions_of(database: Database, sample_ids: np.ndarray) -> dict[int, dict[str, str]]:
    """Predicted classes of a few samples, by sample and model."""
    with database.tables(wanted=rows_of(sample_ids)):
        rows = database.rows(
            "select sample_id, m.name, c.name from predictions join wanted using (sample_id) "
            "join models m using (model_id) join classes c using (class_id) order by model_id"
        )
    found: dict[int, dict[str, str]] = {}
    for sample_id, model, prediction in rows:
        found.setdefault(sample_id, {})[model] = prediction
    return found
