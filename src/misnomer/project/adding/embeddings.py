"""The user's own vectors from a file or arrays."""

from typing import Any

import numpy as np

from misnomer import settings
from misnomer.project.agreeing import refresh_agreement
from misnomer.project.import_reports import save_report
from misnomer.project.progress import Progress
from misnomer.project.results import ImportSummary
from misnomer.readers.align import align_vectors
from misnomer.readers.embeddings import EmbeddingFile, read_embeddings
from misnomer.store import embeddings, samples
from misnomer.store.database import Database

_CHUNK_ROWS = 8192


def add_embeddings(
    database: Database,
    source: Any,
    *,
    name: str,
    keys: Any = None,
    split: str | None = None,
    in_order: bool = False,
    progress: Progress,
) -> ImportSummary:
    """Add vectors under a name and take them into use; a sample's newer vector replaces the older."""
    file = read_embeddings(source, keys=keys)
    known = samples.sample_table(database)
    alignment = align_vectors(file, known["key"], known["split"], split=split, in_order=in_order)
    sample_of_row = np.full(file.source.shape[0], -1, np.int64)
    sample_of_row[alignment.file_rows] = known["sample_id"].to_numpy()[alignment.sample_rows]
    with database.transaction():
        embedding, is_new = _take_into_use(database, name, file.source.shape[1])
        added, replaced = _add_rows(database, embedding, file, sample_of_row, progress)
        if replaced:
            embedding = embeddings.set_version(database, embedding, str(int(embedding.version) + 1))
        file.report.counts |= {"rows": len(sample_of_row), "matched": len(alignment.file_rows)}
        file.report.counts |= {"added": added, "replaced": replaced}
        summary = save_report(
            database,
            file.report,
            model=name,
            changed=bool(is_new or added or replaced),
            key_limit=settings.get_int("report_keys"),
        )
    embeddings.gather(database, embedding)
    refresh_agreement(database)
    return summary


def _take_into_use(database: Database, name: str, dimensions: int) -> tuple[embeddings.Embedding, bool]:
    """The user's embedding of this name, begun anew if it had other dimensions or was an embedder's."""
    before = embeddings.current_embedding(database)
    known = {embedding.name: embedding for embedding in embeddings.embeddings(database)}.get(name)
    fits = known is not None and known.of_user and known.dimensions == dimensions
    version = known.version if known is not None and fits else "1"
    embedding = embeddings.use_embedding(database, name, version, dimensions, of_user=True)
    return embedding, embedding != before


def _add_rows(
    database: Database,
    embedding: embeddings.Embedding,
    file: EmbeddingFile,
    sample_of_row: np.ndarray,
    progress: Progress,
) -> tuple[int, int]:
    """Commit the vectors that are new or others than before; returns how many of each, and reports invalid ones."""
    from misnomer.features.embedders.vectors import unit_vectors

    stored = embeddings.embedding_matrix(database, embedding)
    invalid: list[int] = []
    added = replaced = start = 0
    for chunk in file.source.chunks(_CHUNK_ROWS):
        vectors, is_valid = unit_vectors(chunk)
        sample_ids = sample_of_row[start : start + len(chunk)]
        invalid += (start + np.flatnonzero(~is_valid & (sample_ids >= 0))).tolist()
        usable = is_valid & (sample_ids >= 0)
        sample_ids, vectors = sample_ids[usable], vectors[usable]
        is_known, is_same = _compared(stored, sample_ids, vectors)
        embeddings.add_vectors(database, embedding, sample_ids[~is_same], vectors[~is_same])
        added += int((~is_known).sum())
        replaced += int((is_known & ~is_same).sum())
        start += len(chunk)
        progress("vectors", start, len(sample_of_row))
    file.report.add("invalid_vector", _names(file, invalid[: settings.get_int("report_keys")]), count=len(invalid))
    return added, replaced


def _compared(
    stored: embeddings.EmbeddingMatrix, sample_ids: np.ndarray, vectors: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which samples have a vector, and which have just this one."""
    is_known, is_same = np.zeros(len(sample_ids), bool), np.zeros(len(sample_ids), bool)
    if len(stored.sample_ids):
        places = np.minimum(np.searchsorted(stored.sample_ids, sample_ids), len(stored.sample_ids) - 1)
        is_known = stored.sample_ids[places] == sample_ids
        is_same[is_known] = (stored.vectors[places[is_known]] == vectors[is_known]).all(axis=1)
    return is_known, is_same


def _names(file: EmbeddingFile, rows: list[int]) -> list[str]:
    return [f"row {row + 1}" if file.keys is None else str(file.keys[row].as_py()) for row in rows]
