"""The open database file: a cursor for each thread; held for reading, for writing, or for both in turn."""

import contextlib
import re
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from misnomer.errors import ProjectLocked, StorageFailure
from misnomer.store.server_note import server_of

_PATIENCE_SECONDS = 4.0
_RETRY_SECONDS = 0.05
_SHARED_MEMORY = "1GB"  # of a served project; DuckDB by itself keeps what it reads up to 80 % of the memory
_KEPT_SECONDS = 2.0  # longer than between two clicks, shorter than the patience of others


class Connection:
    """The open file.

    Args:
        path: of the database.
        read_only: never to be written.
        shared: in bounded memory, and held for reading; for writing only while something is written and two seconds
            more: other processes can read between. (DuckDB lets one process write or several read.)
        on_gap: called when another process could have written since it was last open.

    Raises:
        ProjectLocked: another process holds it.
        StorageFailure: it is damaged or cannot be opened.
    """

    def __init__(self, path: Path, *, read_only: bool, shared: bool, on_gap: Callable[[], None]) -> None:
        self._path = path
        self._is_bounded = shared
        self._shared = shared and not read_only
        self._on_gap = on_gap
        self._of_thread = threading.local()
        self._cursors: weakref.WeakSet[duckdb.DuckDBPyConnection] = weakref.WeakSet()
        self._opening = 0
        self._gate = threading.Condition()
        self._inside: Counter[object] = Counter()
        self._switching = False
        self._writer = threading.RLock()
        self._writing = 0
        self._last_write = 0.0
        self._timer: threading.Timer | None = None
        self._writable = not read_only and not shared
        self._opened: duckdb.DuckDBPyConnection | None = self._connect(writable=self._writable)

    @contextlib.contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """This thread's cursor; as long as the block lasts, the file is not let go."""
        if not self._shared:
            yield self._cursor()
            return
        me = threading.get_ident()
        self._enter(me)
        try:
            yield self._cursor()
        finally:
            self._leave(me)

    @contextlib.contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """This thread's cursor, of the only thread that writes.

        Raises:
            ProjectLocked: another process reads, and goes on for some seconds.
        """
        with self._writer:
            if self._shared:
                self._switch(writable=True)
            self._writing += 1
            try:
                yield self._cursor()
            finally:
                self._writing -= 1
                self._last_write = time.monotonic()
                if self._shared and not self._writing:
                    self._let_go_later(_KEPT_SECONDS)

    def stream(self, start: Callable[[duckdb.DuckDBPyConnection], pa.RecordBatchReader]) -> pa.RecordBatchReader:
        """A stream through a cursor of its own; the file is not let go before its end."""
        with self.reading():
            cursor = self._file().cursor()
            self._cursors.add(cursor)
            reader = start(cursor)
            if not self._shared:
                return reader
            place = object()
            self._stay(place)
        return pa.RecordBatchReader.from_batches(reader.schema, self._until_end(reader, place))

    def _until_end(self, reader: pa.RecordBatchReader, place: object) -> Iterator[pa.RecordBatch]:
        try:
            yield from reader
        finally:
            self._leave(place)

    @contextlib.contextmanager
    def tables(self, named: dict[str, pa.Table]) -> Iterator[None]:
        """Make Arrow tables visible to this thread's SQL, whatever happens to the file meanwhile."""
        registered = self._registered()
        with self.reading() as cursor:
            for name, table in named.items():
                cursor.register(name, table)
        registered |= named
        try:
            yield
        finally:
            with self.reading() as cursor:
                for name in named:
                    del registered[name]
                    cursor.unregister(name)

    def close(self) -> None:
        """Write everything to the file and let it go."""
        if self._timer is not None:
            self._timer.cancel()
        self._close()

    def _registered(self) -> dict[str, pa.Table]:
        registered: dict[str, pa.Table] = self._of_thread.__dict__.setdefault("registered", {})
        return registered

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._of_thread, "cursor", None)
        if cursor is None or self._of_thread.opening != self._opening:
            cursor = self._of_thread.cursor = self._file().cursor()
            self._of_thread.opening = self._opening
            self._cursors.add(cursor)
            for name, table in self._registered().items():
                cursor.register(name, table)
        return cursor

    def _file(self) -> duckdb.DuckDBPyConnection:
        with self._gate:
            if self._opened is None:  # another process took it while it was opened the other way
                self._opened = self._connect(writable=False)
            return self._opened

    def _connect(self, *, writable: bool, patient: bool = False) -> duckdb.DuckDBPyConnection:
        opened = _connect(self._path, writable=writable, patient=patient)
        if self._is_bounded:
            opened.execute(f"set memory_limit = '{_SHARED_MEMORY}'")
        return opened

    def _enter(self, who: object) -> None:
        with self._gate:
            while self._switching and not self._inside[who]:
                self._gate.wait()
            self._inside[who] += 1

    def _stay(self, who: object) -> None:
        """Enter beside this thread, which is inside: who wants to switch waits for it, and is not to be waited for."""
        with self._gate:
            self._inside[who] += 1

    def _leave(self, who: object) -> None:
        with self._gate:
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]
                self._gate.notify_all()

    def _switch(self, *, writable: bool) -> None:
        """Close the file and open it the other way, when no other thread is inside."""
        me = threading.get_ident()
        with self._gate:
            if self._writable == writable:
                return
            self._switching = True
            try:
                while any(who != me for who in self._inside):
                    self._gate.wait()
                self._reopen(writable)
            finally:
                self._switching = False
                self._gate.notify_all()

    def _reopen(self, writable: bool) -> None:
        self._close()
        before = self._stamp()
        self._writable = False
        try:
            self._opened = self._connect(writable=writable, patient=True)
            self._writable = writable
        finally:
            self._opening += 1
            if self._stamp() != before:
                self._on_gap()

    def _close(self) -> None:
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _stamp(self) -> tuple[int, int]:
        status = self._path.stat()
        return status.st_size, status.st_mtime_ns

    def _let_go_later(self, seconds: float) -> None:
        if self._timer is None or not self._timer.is_alive():
            self._timer = threading.Timer(seconds, self._let_go)
            self._timer.daemon = True
            self._timer.start()

    def _let_go(self) -> None:
        """Back to reading, unless something is written or was a moment ago."""
        self._timer = None
        if not self._writer.acquire(blocking=False):
            return  # who writes will come here again
        try:
            since = time.monotonic() - self._last_write
            if self._writing or since < _KEPT_SECONDS:
                self._let_go_later(_KEPT_SECONDS - min(since, _KEPT_SECONDS))
            else:
                self._switch(writable=False)
        finally:
            self._writer.release()


def _connect(path: Path, *, writable: bool, patient: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the file; ``patient`` or where a server holds it that only now and then writes, try for some seconds."""
    patient_until = time.monotonic() + _PATIENCE_SECONDS
    config: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    while True:
        try:
            return duckdb.connect(str(path), read_only=not writable, config=config)
        except duckdb.IOException as problem:
            held_by = re.search(r"held in (.+?) \(PID (\d+)\)", str(problem))
            if not held_by and "lock" not in str(problem).lower():
                raise StorageFailure(f"Cannot open {str(path)!r}: {first_line(problem)}") from problem
            server = server_of(path, int(held_by[2])) if held_by else None
            may_pass = patient or (server is not None and not writable)
            if not may_pass or time.monotonic() > patient_until:
                raise _locked(path, held_by, server) from None
        except duckdb.Error as problem:
            if "different configuration" not in str(problem):
                raise StorageFailure(
                    f"{str(path)!r} is damaged or not a project: {first_line(problem)}",
                    hint="Restore it from a copy, or make it again with `misnomer create`.",
                ) from problem
            # This process has it open the other way: after a close, until DuckDB's last thread has let go.
            if not patient or time.monotonic() > patient_until:
                raise ProjectLocked(
                    f"This process has {str(path)!r} open already, {'only to read' if writable else 'to write'}.",
                    hint="Close it first: project.close().",
                ) from None
        time.sleep(_RETRY_SECONDS)


def _locked(path: Path, held_by: re.Match[str] | None, server: str | None) -> ProjectLocked:
    if held_by and server:
        return ProjectLocked(
            f"The project is served: `misnomer serve` (process {held_by[2]}) has it open at {server}.",
            hint="Do it on its pages, or stop it with Ctrl-C and run the same command again.",
        )
    process = f"process {held_by[2]} ({held_by[1]})" if held_by else "another process"
    return ProjectLocked(
        f"The project is in use: {process} holds {str(path)!r}.",
        hint="Wait until it is done, or stop it, and run the same command again.",
    )


def first_line(problem: Exception) -> str:
    """What DuckDB said, without its hints."""
    return str(problem).strip().splitlines()[0]
