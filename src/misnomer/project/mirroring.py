"""Links between images and mirrored ones: made when they are first asked for, and kept in ``cache/``."""

import hashlib

import pyarrow as pa

from misnomer.project.computing.duplicates import (
    current_state,
    embedded_pictures,
    links_table,
    nearest_pictures,
    read_pictures,
)
from misnomer.store.arrays import no_rows
from misnomer.store.database import Database
from misnomer.store.duplicates import LINKS, links_state
from misnomer.store.file_cache import FileCache

MIRRORED_KINDS = ("mirrored_hash", "mirrored_embedding")
_CACHE_BYTES = 256 << 20  # a million images have at most 80 MB of links


def mirrored_links(database: Database) -> pa.Table:
    """Every link to a mirrored copy, of the store's schema ``LINKS``; none before any images have been compared."""
    if links_state(database) is None:
        return no_rows(LINKS)
    state = repr(current_state(database))
    cache = FileCache(database.cache_directory / "mirrored", _CACHE_BYTES)
    name = f"{hashlib.blake2b(state.encode(), digest_size=16).hexdigest()}.arrow"
    kept = cache.read(name)
    if kept is not None:
        return pa.ipc.open_file(kept).read_all()
    links = _link(database)
    content = pa.BufferOutputStream()
    with pa.ipc.new_file(content, links.schema) as writer:
        writer.write_table(links)
    cache.write(name, content.getvalue().to_pybytes())
    return links


def _link(database: Database) -> pa.Table:
    from misnomer.features.embedded_pictures import without_refuted
    from misnomer.features.links import NO_LINKS
    from misnomer.features.same_picture import mirrored_links_by_embedding, mirrored_links_by_hash

    pictures, sample_ids = read_pictures(database)
    embedded = embedded_pictures(database, sample_ids)
    nearest = nearest_pictures(database, sample_ids, embedded)
    links = {
        "mirrored_hash": without_refuted(mirrored_links_by_hash(pictures), embedded),
        "mirrored_embedding": NO_LINKS if nearest is None else mirrored_links_by_embedding(nearest, pictures),
    }
    return links_table(links, sample_ids)
