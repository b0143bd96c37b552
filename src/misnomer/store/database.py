"""The open project: a cursor for each thread, one writer at a time, its transactions."""

import contextlib
import errno
import os
import secrets
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from misnomer.errors import ProjectNotFound, StorageFailure
from misnomer.store import tables
from misnomer.store.connection import Connection, first_line
from misnomer.store.layout import layout_failure
from misnomer.store.memory import LEAST_BYTES, Memory, memory_limit

DATABASE_FILE = "project.duckdb"
VECTORS_DIRECTORY = "vectors"
CACHE_DIRECTORY = "cache"

_UNFINISHED = f".{DATABASE_FILE}.new"
_LEFTOVER_SECONDS = 600
_OF_LAYOUT = (
    duckdb.CatalogException,
    duckdb.BinderException,
    duckdb.ConstraintException,
    duckdb.ConversionException,
)
_FREE_SPACE = "Free some space and run the same command again; what was done is kept."
_LOOK_AT_DISK = "Look at the disk and its permissions, and run the same command again; what was done is kept."


class Database:
    """A project's database, open for reading or for writing (one process at a time may write).

    Any thread may use it: each reads through a cursor of its own, and they write one after the other.

    Attributes:
        changes: how many times something has been written since it was opened; what has been read stays true as long
            as this stays the same.

    Args:
        directory: the project's directory.
        read_only: several processes may read when none writes.
        shared: hold it for reading, and take it for writing only while something is written; remember more of many
            samples (``memory_limit``).

    Raises:
        ProjectNotFound: there is no project.
        ProjectLocked: another process holds it.
        ProjectVersion: made by a newer misnomer; later also, whatever is asked, where a table or column is not there.
    """

    def __init__(self, directory: Path, *, read_only: bool = False, shared: bool = False) -> None:
        self.directory = directory
        self.read_only = read_only
        self.changes = 0
        self._of_thread = threading.local()
        self._memory = Memory(LEAST_BYTES)
        if not (directory / DATABASE_FILE).is_file():
            raise ProjectNotFound(
                f"There is no project at {str(directory)!r}.",
                hint="Make one: misnomer create PROJECT --images DIR_OR_TABLE",
            )
        self._connection = self._open(read_only=read_only, shared=shared)
        try:
            self._prepare()
            if shared:
                self._memory.limit_bytes = memory_limit(self.value("select count(*) from samples"))
        except BaseException:
            self._connection.close()
            raise

    def _open(self, *, read_only: bool, shared: bool) -> Connection:
        path = self.directory / DATABASE_FILE
        return Connection(path, read_only=read_only, shared=shared, on_gap=self._changed)

    def _prepare(self) -> None:
        with self._connection.reading() as cursor:
            version = tables.stored_version(cursor)
        if version < tables.SCHEMA_VERSION:
            if self.read_only:
                self._connection.close()
                self._connection = self._open(read_only=False, shared=False)
            with self.transaction(), self._connection.writing() as cursor:
                tables.migrate(cursor, version)

    def _changed(self) -> None:
        self.changes += 1

    @property
    def vectors_directory(self) -> Path:
        """Where matrices lie."""
        return self.directory / VECTORS_DIRECTORY

    @property
    def cache_directory(self) -> Path:
        """What may be deleted at any time."""
        return self.directory / CACHE_DIRECTORY

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement that writes."""
        with self._errors(), self._connection.writing() as cursor:
            cursor.execute(sql, list(parameters)).fetchall()
            self._changed()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, for small answers."""
        with self._errors(), self._connection.reading() as cursor:
            return cursor.execute(sql, list(parameters)).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first value of a query's first row; None when there is no row."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """A query's answer as an Arrow table."""
        with self._errors(), self._connection.reading() as cursor:
            return cursor.sql(sql, params=list(parameters)).to_arrow_table()

    def batches(self, sql: str, parameters: Sequence[Any] = (), *, rows: int = 65_536) -> pa.RecordBatchReader:
        """A query's answer as a stream."""
        with self._errors():
            return self._connection.stream(
                lambda cursor: cursor.sql(sql, params=list(parameters)).to_arrow_reader(rows)
            )

    def streams(
        self, sql: str, parameters: Sequence[Sequence[Any]], *, rows: int = 65_536
    ) -> list[pa.RecordBatchReader]:
        """A query's answers to several sets of parameters, of one state; each is to be read to its end, or begun."""
        with self._connection.reading():  # else somebody who writes would wait for the first, and the next for them
            return [self.batches(sql, one, rows=rows) for one in parameters]

    @property
    def memory_bytes(self) -> int:
        """How much of what was read is remembered at most."""
        return self._memory.limit_bytes

    def known(self, question: Hashable, read: Callable[[], Any]) -> Any:
        """What has been read before, as long as nothing is written; read where it is not known."""
        changes = self.changes
        answer = self.recall(question)
        if answer is None:
            answer = read()
            self.remember(question, changes, answer)
        return answer

    def recall(self, question: Hashable) -> Any:
        """What is remembered; None if nothing is. Who is changing the project reads everything anew."""
        return None if self._in_transaction else self._memory.find(question, self.changes)

    def remember(self, question: Hashable, changes: int, answer: Any) -> None:
        """Keep what was read when there were so many changes, within a bound."""
        if not self._in_transaction:
            self._memory.keep(question, changes, answer)

    @property
    def _in_transaction(self) -> bool:
        return getattr(self._of_thread, "in_transaction", False)

    def tables(self, **named: pa.Table) -> AbstractContextManager[None]:
        """Make Arrow tables visible to this thread's SQL under their names."""
        return self._connection.tables(named)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing; within another transaction it is part of that one."""
        if self._in_transaction:
            yield
            return
        with self._errors(), self._connection.writing() as cursor:
            cursor.begin()
            self._of_thread.in_transaction = True
            try:
                yield
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    cursor.rollback()
                raise
            else:
                cursor.commit()
                self._changed()
            finally:
                self._of_thread.in_transaction = False

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """What DuckDB says, in words; its complaint about a table or column may be one about the whole project."""
        with _storage_errors():
            try:
                yield
            except _OF_LAYOUT as problem:
                with self._connection.reading() as cursor, cursor.cursor() as apart:
                    failure = layout_failure(apart)
                if failure is None:
                    raise
                raise failure from problem

    def close(self) -> None:
        """Write everything to the file and let the project go."""
        self._connection.close()


def create_database(directory: Path) -> bool:
    """Lay out an empty project in a directory; nothing happens when one is there.

    The database appears under its name only when it is whole; of several processes that make it, one is first.

    Returns:
        Whether it was made now.

    Raises:
        StorageFailure: the directory cannot be made, or holds something else.
    """
    target = directory / DATABASE_FILE
    if target.exists():
        return False
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise StorageFailure(
            f"{str(directory)!r} is a file.", hint="Name a new directory, by convention NAME.misnomer."
        ) from None
    except OSError as problem:
        raise storage_failure(problem, directory) from problem
    try:
        _refuse_strangers(directory)
        _remove_leftovers(directory)
        return _make_database(directory, target)
    except OSError as problem:
        raise storage_failure(problem, directory) from problem


def _refuse_strangers(directory: Path) -> None:
    strangers = [path.name for path in directory.iterdir() if not _is_ours(path)]
    if strangers:
        raise StorageFailure(
            f"{str(directory)!r} is not a project and not empty: it holds {strangers[0]!r}.",
            hint="Name a new directory, by convention NAME.misnomer.",
        )


def _make_database(directory: Path, target: Path) -> bool:
    unfinished = directory / f"{_UNFINISHED}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with _storage_errors():
            connection = duckdb.connect(str(unfinished))
            tables.create_tables(connection)
            connection.execute("checkpoint")
            connection.close()
        (directory / VECTORS_DIRECTORY).mkdir(exist_ok=True)
        (directory / CACHE_DIRECTORY).mkdir(exist_ok=True)
        return _give_name(unfinished, target)
    finally:
        for path in directory.glob(f"{unfinished.name}*"):
            path.unlink(missing_ok=True)


def _give_name(unfinished: Path, target: Path) -> bool:
    """Unlike renaming, which would replace what another process has just made, linking says that it was first."""
    try:
        target.hardlink_to(unfinished)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if target.exists():
            return False
        unfinished.rename(target)
    return True


def _remove_leftovers(directory: Path) -> None:
    """What a killed process left; younger ones may be in the making."""
    for path in directory.glob(f"{_UNFINISHED}*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                path.unlink()


def discard_database(directory: Path) -> None:
    """Take away a project that has just been made and holds nothing."""
    (directory / DATABASE_FILE).unlink(missing_ok=True)
    for path in (directory / VECTORS_DIRECTORY, directory / CACHE_DIRECTORY, directory):
        with contextlib.suppress(OSError):  # not empty
            path.rmdir()


def _is_ours(path: Path) -> bool:
    return path.name in (VECTORS_DIRECTORY, CACHE_DIRECTORY) or path.name.startswith((DATABASE_FILE, _UNFINISHED))


def storage_failure(problem: OSError, path: Path) -> StorageFailure:
    """What the disk said, in words."""
    hint = _FREE_SPACE if _is_full(problem) else _LOOK_AT_DISK
    return StorageFailure(f"Cannot write to {str(path)!r}: {problem.strerror or problem}.", hint=hint)


def _is_full(problem: OSError) -> bool:
    return problem.errno in (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    # A commit that cannot be written is a TransactionException; the transaction is then undone.
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.OutOfMemoryException,
        duckdb.TransactionException,
    ) as problem:
        hint = _FREE_SPACE if "space" in str(problem).lower() else _LOOK_AT_DISK
        raise StorageFailure(f"The project could not be written: {first_line(problem)}", hint=hint) from problem
    except duckdb.InvalidInputException as problem:
        if "read-only" in str(problem):
            raise StorageFailure("The project is open for reading only.") from problem
        raise
