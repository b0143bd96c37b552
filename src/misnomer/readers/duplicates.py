"""Several rows of a file that mean the same sample: equal ones count once, contradictory ones not at all."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from misnomer.readers.predictions import PredictionFile, ProbabilityMatrix


@dataclass(frozen=True)
class Kept:
    """Rows of a file, sorted out; all (…,) int64.

    Attributes:
        rows: to be used, one for each owner.
        weaker: their owner has a row that a stronger rule found.
        repeated: equal to a row that is used.
        conflicting: rows of one owner with different contents.
    """

    rows: np.ndarray
    weaker: np.ndarray
    repeated: np.ndarray
    conflicting: np.ndarray


def keep_one_each(file: PredictionFile, rows: np.ndarray, owners: np.ndarray, rules: np.ndarray) -> Kept:
    """One row for each owner, whatever the order of the rows.

    Args:
        rows: (m,) rows of the file.
        owners: (m,) int64, what each of them is of.
        rules: the rule by which every row of the file (not only these) was found; the smaller, the stronger.
    """
    order = np.lexsort((rows, rules[rows], owners))
    rows, owners = rows[order], owners[order]
    starts = np.flatnonzero(np.diff(owners, prepend=owners[:1] - 1)) if len(rows) else np.empty(0, np.int64)
    sizes = np.diff(starts, append=len(rows))
    strongest = rules[rows] == np.repeat(rules[rows[starts]], sizes)
    weaker, rows, owners = rows[~strongest], rows[strongest], owners[strongest]
    single = np.ones(len(rows), bool)
    same = owners[1:] == owners[:-1]
    single[1:] &= ~same
    single[:-1] &= ~same
    conflicting, repeated = _compare(file, rows[~single], owners[~single])
    left_out = np.concatenate([conflicting, repeated])
    kept = rows[~np.isin(rows, left_out)] if len(left_out) else rows
    return Kept(np.sort(kept), np.sort(weaker), np.sort(repeated), np.sort(conflicting))


def _compare(file: PredictionFile, rows: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of owners with contradictory rows, and all but the first row of the other owners."""
    if not len(rows):
        return rows, rows
    contents = _contents(file, rows)
    starts = np.flatnonzero(np.diff(owners, prepend=owners[0] - 1))
    sizes = np.diff(starts, append=len(rows))
    differ = np.minimum.reduceat(contents, starts) != np.maximum.reduceat(contents, starts)
    conflicting = np.repeat(differ, sizes)
    first = np.zeros(len(rows), bool)
    first[starts] = True
    return rows[conflicting], rows[~conflicting & ~first]


def _contents(file: PredictionFile, rows: np.ndarray) -> np.ndarray:
    """(len(rows),) int64, equal for rows with equal predictions."""
    if file.matrix is not None:
        return _row_hashes(file.matrix, rows)
    taken = pa.array(rows)
    names = file.predictions.take(taken).combine_chunks().dictionary_encode().indices  # type: ignore[union-attr]
    codes = names.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.float64)
    confidence = np.full(len(rows), -1.0)
    if file.confidence is not None:
        confidence = file.confidence.take(taken).fill_null(-1.0).to_numpy()
    _, contents = np.unique(np.stack([codes, confidence], axis=1), axis=0, return_inverse=True)
    return contents.reshape(-1)


def _row_hashes(matrix: ProbabilityMatrix, rows: np.ndarray) -> np.ndarray:
    hashes = np.zeros(len(rows), np.int64)
    order = np.argsort(rows)
    start = done = 0
    for chunk in matrix.chunks():
        while done < len(order) and rows[order[done]] < start + len(chunk):
            values = np.ascontiguousarray(chunk[rows[order[done]] - start])
            digest = hashlib.blake2b(values.data, digest_size=8).digest()
            hashes[order[done]] = int.from_bytes(digest, "little", signed=True)
            done += 1
        start += len(chunk)
    return hashes
