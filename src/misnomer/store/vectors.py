"""Matrices on disk: ``vectors/<digest>.npy``, written whole, fsynced, then named in the database.

A file holds what the user gave, in its own dtype; ``kind`` says how to read it. A file that no row names is
garbage and is collected when the project is next opened for writing.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.lib.format as npy

from misnomer.schema import MatrixKind
from misnomer.store.database import Database, storage_failure


@dataclass(frozen=True)
class StoredMatrix:
    """A matrix that the database names: column j is class ``class_ids[j]``."""

    vector_id: int
    path: Path
    kind: MatrixKind
    row_count: int
    class_ids: tuple[int, ...]

    def rows(self, indices: np.ndarray) -> np.ndarray:
        """(n, K) rows by ascending indices, read run by run: nothing else of the file is touched."""
        with self.path.open("rb") as file:
            version = npy.read_magic(file)
            shape, _, dtype = npy.read_array_header_2_0(file) if version == (2, 0) else npy.read_array_header_1_0(file)
            first_byte = file.tell()
            answer = np.empty((len(indices), shape[1]), dtype)
            starts = np.flatnonzero(np.diff(indices, prepend=-2) != 1)
            for start, end in pairwise([*starts, len(indices)]):
                file.seek(first_byte + int(indices[start]) * shape[1] * dtype.itemsize)
                if file.readinto(answer[start:end].data.cast("B")) != answer[start:end].nbytes:
                    raise OSError(f"{self.path} is cut short")
        return answer


class MatrixWriter:
    """Writes one matrix chunk by chunk; ``finish`` gives it its name. Leaving without it leaves nothing behind.

    Args:
        directory: the project's ``vectors/``.
        shape: (N, K) of the whole.
        dtype: of the rows as the user gave them.
    """

    def __init__(self, directory: Path, shape: tuple[int, int], dtype: np.dtype) -> None:
        self._directory = directory
        self._unfinished = directory / f".{os.getpid()}-{id(self)}.unfinished"
        self._dtype = dtype.newbyteorder("<")
        self._digest = hashlib.blake2b(f"{shape} {self._dtype.str}".encode(), digest_size=16)
        self._rows_left = shape[0]
        try:
            directory.mkdir(exist_ok=True)
            self._file = self._unfinished.open("wb")
            npy.write_array_header_2_0(self._file, {"descr": self._dtype.str, "fortran_order": False, "shape": shape})
        except OSError as problem:
            raise storage_failure(problem, self._unfinished) from problem

    def __enter__(self) -> "MatrixWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def write(self, rows: np.ndarray) -> None:
        """Append rows."""
        content = np.ascontiguousarray(rows, self._dtype).data
        self._digest.update(content)
        self._rows_left -= len(rows)
        try:
            self._file.write(content)
        except OSError as problem:
            raise storage_failure(problem, self._unfinished) from problem

    def finish(self) -> str:
        """Make the file durable under its name; returns the name."""
        if self._rows_left:
            raise ValueError(f"{self._rows_left} rows have not been written")
        name = f"{self._digest.hexdigest()}.npy"
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._unfinished.rename(self._directory / name)
            _sync_directory(self._directory)
        except OSError as problem:
            raise storage_failure(problem, self._directory / name) from problem
        return name


def add_matrix(database: Database, file: str, kind: MatrixKind, row_count: int, class_ids: list[int]) -> int:
    """Name a matrix file in the database; the same file read the same way keeps its id."""
    found = database.value(
        "select vector_id from vectors where file = ? and kind = ? and class_ids = ?", [file, kind, class_ids]
    )
    if found is not None:
        return int(found)
    vector_id = int(database.value("select coalesce(max(vector_id) + 1, 0) from vectors"))
    database.execute("insert into vectors values (?, ?, ?, ?, ?)", [vector_id, file, kind, row_count, class_ids])
    return vector_id


def matrices(database: Database) -> dict[int, StoredMatrix]:
    """Every matrix by its id."""
    rows = database.rows("select vector_id, file, kind, row_count, class_ids from vectors order by vector_id")
    return {
        vector_id: StoredMatrix(vector_id, database.vectors_directory / file, kind, row_count, tuple(class_ids))
        for vector_id, file, kind, row_count, class_ids in rows
    }


def drop_unused_matrices(database: Database) -> None:
    """Forget matrices that no prediction uses."""
    database.execute(
        "delete from vectors where vector_id not in (select vector_id from predictions where vector_id is not null "
        "union select vector_id from unmatched_predictions where vector_id is not null)"
    )


def collect_garbage(database: Database) -> None:
    """Delete files that no row names: left by a process that was killed."""
    named = named_files(database)
    for path in _files(database.vectors_directory):
        if path.name not in named:
            path.unlink(missing_ok=True)


def named_files(database: Database) -> set[str]:
    """Every file that a row names."""
    rows = database.rows(
        "select file from vectors union select file from embedding_rows union select file from neighbor_graphs "
        "union select distances_file from neighbor_graphs union select samples_file from neighbor_graphs"
    )
    return {file for (file,) in rows}


def write_matrix(database: Database, values: np.ndarray) -> str:
    """Write a whole array of one or two dimensions; returns the file's name, which no row names yet."""
    rows = values.reshape(len(values), -1)
    with MatrixWriter(database.vectors_directory, rows.shape, rows.dtype) as writer:
        writer.write(rows)
        return writer.finish()


def _files(directory: Path) -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError):
        yield from (p for p in directory.iterdir() if p.is_file())


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
