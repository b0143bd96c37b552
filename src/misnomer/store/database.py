"""The open project: one connection, its lock, its transactions."""

import contextlib
import errno
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from misnomer.errors import ProjectLocked, ProjectNotFound, StorageFailure
from misnomer.store import tables

DATABASE_FILE = "project.duckdb"
VECTORS_DIRECTORY = "vectors"
CACHE_DIRECTORY = "cache"


class Database:
    """A project's database, open for reading or for writing (one process at a time may write).

    Args:
        directory: the project's directory.
        read_only: several processes may read when none writes.

    Raises:
        ProjectNotFound: there is no project.
        ProjectLocked: another process holds it.
        ProjectVersion: made by a newer misnomer.
    """

    def __init__(self, directory: Path, *, read_only: bool = False) -> None:
        self.directory = directory
        self.read_only = read_only
        self._in_transaction = False
        if not (directory / DATABASE_FILE).is_file():
            raise ProjectNotFound(
                f"There is no project at {str(directory)!r}.",
                hint="Make one: misnomer create PROJECT --images DIR_OR_TABLE",
            )
        self._connection = _connect(directory / DATABASE_FILE, read_only=read_only)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        version = tables.stored_version(self._connection)
        if version < tables.SCHEMA_VERSION:
            if self.read_only:
                self._connection.close()
                self._connection = _connect(self.directory / DATABASE_FILE, read_only=False)
            with self.transaction():
                tables.migrate(self._connection, version)

    @property
    def vectors_directory(self) -> Path:
        """Where matrices lie."""
        return self.directory / VECTORS_DIRECTORY

    @property
    def cache_directory(self) -> Path:
        """What may be deleted at any time."""
        return self.directory / CACHE_DIRECTORY

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement."""
        with _storage_errors():
            self._connection.execute(sql, list(parameters)).fetchall()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, for small answers."""
        with _storage_errors():
            return self._connection.execute(sql, list(parameters)).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first value of a query's first row; None when there is no row."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """A query's answer as an Arrow table."""
        with _storage_errors():
            return self._connection.sql(sql, params=list(parameters)).to_arrow_table()

    def batches(self, sql: str, parameters: Sequence[Any] = (), *, rows: int = 65_536) -> pa.RecordBatchReader:
        """A query's answer as a stream."""
        with _storage_errors():
            return self._connection.cursor().sql(sql, params=list(parameters)).to_arrow_reader(rows)

    @contextlib.contextmanager
    def tables(self, **named: pa.Table) -> Iterator[None]:
        """Make Arrow tables visible to SQL under their names."""
        for name, table in named.items():
            self._connection.register(name, table)
        try:
            yield
        finally:
            for name in named:
                self._connection.unregister(name)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing; within another transaction it is part of that one."""
        if self._in_transaction:
            yield
            return
        with _storage_errors():
            self._connection.begin()
            self._in_transaction = True
            try:
                yield
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    self._connection.rollback()
                raise
            else:
                self._connection.commit()
            finally:
                self._in_transaction = False

    def close(self) -> None:
        """Write everything to the file and let the project go."""
        self._connection.close()


def create_database(directory: Path) -> None:
    """Lay out an empty project in a directory; nothing happens when one is there.

    The database appears under its name only when it is whole.

    Raises:
        StorageFailure: the directory cannot be made, or holds something else.
    """
    target = directory / DATABASE_FILE
    if target.exists():
        return
    try:
        directory.mkdir(parents=True, exist_ok=True)
        strangers = [p.name for p in directory.iterdir() if not _is_ours(p)]
        if strangers:
            raise StorageFailure(
                f"{str(directory)!r} is not a project and not empty: it holds {strangers[0]!r}.",
                hint="Name a new directory, by convention NAME.misnomer.",
            )
        unfinished = directory / f".{DATABASE_FILE}.new"
        for leftover in directory.glob(f".{DATABASE_FILE}.new*"):
            leftover.unlink()
        with _storage_errors():
            connection = duckdb.connect(str(unfinished))
            tables.create_tables(connection)
            connection.execute("checkpoint")
            connection.close()
        (directory / VECTORS_DIRECTORY).mkdir(exist_ok=True)
        (directory / CACHE_DIRECTORY).mkdir(exist_ok=True)
        unfinished.rename(target)
    except FileExistsError:
        raise StorageFailure(
            f"{str(directory)!r} is a file.", hint="Name a new directory, by convention NAME.misnomer."
        ) from None
    except OSError as problem:
        raise storage_failure(problem, directory) from problem


def _is_ours(path: Path) -> bool:
    return path.name in (VECTORS_DIRECTORY, CACHE_DIRECTORY) or path.name.startswith(f".{DATABASE_FILE}.new")


def delete_cache(database: Database) -> None:
    """Remove everything that can be made again."""
    shutil.rmtree(database.cache_directory, ignore_errors=True)
    database.cache_directory.mkdir(exist_ok=True)


def storage_failure(problem: OSError, path: Path) -> StorageFailure:
    """What the disk said, in words."""
    hint = "Free some space and run the same command again; what was done is kept." if _is_full(problem) else ""
    return StorageFailure(f"Cannot write to {str(path)!r}: {problem.strerror or problem}.", hint=hint)


def _is_full(problem: OSError) -> bool:
    return problem.errno in (errno.ENOSPC, errno.EDQUOT)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    settings: Mapping[str, str] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        return duckdb.connect(str(path), read_only=read_only, config=dict(settings))
    except duckdb.IOException as problem:
        held_by = re.search(r"held in (.+?) \(PID (\d+)\)", str(problem))
        if held_by or "lock" in str(problem).lower():
            process = f"process {held_by[2]} ({held_by[1]})" if held_by else "another process"
            raise ProjectLocked(
                f"The project is in use: {process} holds {str(path)!r}.",
                hint="Wait until it is done, or stop it, and run the same command again.",
            ) from None
        raise StorageFailure(f"Cannot open {str(path)!r}: {_first_line(problem)}") from problem
    except duckdb.Error as problem:
        raise StorageFailure(
            f"{str(path)!r} is damaged or not a project: {_first_line(problem)}",
            hint="Restore it from a copy, or make it again with `misnomer create`.",
        ) from problem


@contextlib.contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException) as problem:
        full = "space" in str(problem).lower()
        hint = "Free some space and run the same command again; what was done is kept." if full else ""
        raise StorageFailure(f"The project could not be written: {_first_line(problem)}", hint=hint) from problem
    except duckdb.InvalidInputException as problem:
        if "read-only" in str(problem):
            raise StorageFailure("The project is open for reading only.") from problem
        raise


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0]
