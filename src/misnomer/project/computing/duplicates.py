"""The step ``duplicates``: links between images that show the same."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from misnomer.features.engine import Engine
from misnomer.project.computing.locations import resolve_locations
from misnomer.project.computing.step import Step
from misnomer.project.progress import Progress
from misnomer.store import duplicates
from misnomer.store.database import Database
from misnomer.store.embeddings import current_embedding, embedding_matrix
from misnomer.store.neighbors import neighbor_graph
from misnomer.store.samples import image_locations

if TYPE_CHECKING:
    from misnomer.features.embedded_pictures import EmbeddedPictures
    from misnomer.features.links import Links
    from misnomer.features.same_picture import NearestPictures, Pictures

_RULES = 6  # the version of those by which images are linked


def link_duplicates(database: Database, engine: Engine, progress: Progress) -> None:
    """Link all images anew if any was added; only those not yet decoded in full are decoded."""
    from misnomer.features.embedded_pictures import without_refuted
    from misnomer.features.links import NO_LINKS
    from misnomer.features.same_picture import equal_links, links_by_embedding, near_links, possibly_equal

    state = current_state(database)
    if not state.image_count or duplicates.links_state(database) == state:
        return
    pictures, sample_ids = read_pictures(database)
    _hash_in_full(database, sample_ids[possibly_equal(pictures)], engine.threads, progress)
    hashed_ids, hashes = duplicates.full_hashes(database)
    embedded = embedded_pictures(database, sample_ids)
    nearest = nearest_pictures(database, sample_ids, embedded)
    links = {
        "exact": equal_links(np.searchsorted(sample_ids, hashed_ids), hashes),
        "hash": without_refuted(near_links(pictures), embedded),
        "embedding": NO_LINKS if nearest is None else links_by_embedding(nearest, pictures),
    }
    duplicates.set_links(database, links_table(links, sample_ids), state)


def current_state(database: Database) -> duplicates.LinksState:
    """What links would be made of now."""
    embedding, graph = current_embedding(database), neighbor_graph(database)
    return duplicates.LinksState(
        _RULES,
        *duplicates.images_state(database),
        embedding.name if embedding and graph else None,
        graph.version if graph else None,
    )


def read_pictures(database: Database) -> tuple["Pictures", np.ndarray]:
    """What is compared of every image that could be read, and (N,) their sample ids, which ascend."""
    from misnomer.features.same_picture import Pictures

    images = duplicates.measured_images(database)

    def columns(*names: str) -> np.ndarray:
        return np.column_stack([images[name] for name in names])

    pictures = Pictures(
        hashes=images["perceptual_hash"],
        mirrored_hashes=images["mirrored_hash"],
        colours=columns("red_values", "green_values", "blue_values", "saturation"),
        contrasts=images["contrast"],
        sizes=columns("width", "height"),
    )
    return pictures, images["sample_id"]


def embedded_pictures(database: Database, sample_ids: np.ndarray) -> "EmbeddedPictures":
    """The vectors of images, of those that are in the neighbours' lists; of none without neighbours."""
    from misnomer.features.embedded_pictures import EmbeddedPictures

    embedding, graph = current_embedding(database), neighbor_graph(database)
    if embedding is None or graph is None:
        return EmbeddedPictures(np.empty((0, 0), np.float16), np.full(len(sample_ids), -1))
    matrix = embedding_matrix(database, embedding)
    return EmbeddedPictures(matrix.vectors, places(matrix.sample_ids, sample_ids))


def nearest_pictures(
    database: Database, sample_ids: np.ndarray, embedded: "EmbeddedPictures"
) -> "NearestPictures | None":
    """From the neighbours' lists, whose rows are other than those of the images; None without neighbours."""
    from misnomer.features.same_picture import NearestPictures

    graph = neighbor_graph(database)
    if graph is None:
        return None
    own_rows = places(sample_ids, graph.sample_ids)
    neighbors = np.where(graph.rows >= 0, own_rows[graph.rows], -1)[own_rows >= 0]
    return NearestPictures(own_rows[own_rows >= 0], neighbors, embedded.scale * graph.distances[own_rows >= 0])


def places(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """(w,) int64 where each of the wanted ids is among others, of at least 0; −1: nowhere."""
    place = np.full(int(max(ids.max(initial=-1), wanted.max(initial=-1))) + 1, -1, np.int64)
    place[ids] = np.arange(len(ids))
    return np.asarray(place[wanted])


def _hash_in_full(database: Database, sample_ids: np.ndarray, threads: int, progress: Progress) -> None:
    """Decode the images in full that have not been, a chunk at a time."""
    from misnomer.features.full_hash import full_pixel_hashes

    done_ids, _ = duplicates.full_hashes(database)
    located = image_locations(database, np.setdiff1d(sample_ids, done_ids).tolist())
    ids = located["sample_id"].to_pylist()
    locations = resolve_locations(located, database.directory)
    done = 0
    progress("duplicates", 0, len(ids))
    for hashes in full_pixel_hashes(locations, workers=threads or os.cpu_count() or 1):
        known = [(ids[done + row], pixel_hash) for row, pixel_hash in enumerate(hashes) if pixel_hash is not None]
        duplicates.add_full_hashes(database, known)
        done += len(hashes)
        progress("duplicates", done, len(ids))


def links_table(links: Mapping[str, "Links"], sample_ids: np.ndarray) -> pa.Table:
    """Links between rows of images, by kind, as the store has them."""
    return pa.concat_tables(
        pa.table(
            [
                sample_ids[found.first],
                sample_ids[found.second],
                pa.repeat(pa.scalar(kind, pa.string()), len(found)),
                found.distances,
            ],
            schema=duplicates.LINKS,
        )
        for kind, found in links.items()
    )


def count_linked(database: Database) -> tuple[int, int]:
    """Images that have been compared, and images that could be read."""
    wanted, done = current_state(database), duplicates.links_state(database)
    return (wanted.image_count if done == wanted else 0), wanted.image_count


DUPLICATES = Step("duplicates", link_duplicates, count_linked)
