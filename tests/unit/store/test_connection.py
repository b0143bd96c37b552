"""Threads and processes that use one database: each thread reads, one writes, others may read between."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from misnomer.errors import ProjectLocked
from misnomer.store import connection
from misnomer.store.database import Database
from misnomer.store.server_note import noted_server


@pytest.fixture
def shared(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The small project, held for reading and taken for writing for a moment only."""
    monkeypatch.setattr(connection, "_KEPT_SECONDS", 0.2)
    database.close()
    return Database(database.directory, shared=True)


def in_another_process(
    directory: Path, *, statement: str = "", read_only: bool = True
) -> subprocess.CompletedProcess[str]:
    """Open the project there, run a statement if there is one, and print how many samples there are."""
    code = (
        "from pathlib import Path\n"
        "from misnomer.store.database import Database\n"
        f"database = Database(Path({str(directory)!r}), read_only={read_only})\n"
        f"if {statement!r}: database.execute({statement!r})\n"
        "print(database.value('select count(*) from samples'))\n"
        "database.close()"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_every_thread_reads_what_another_has_written(database: Database) -> None:
    counts = []
    reader = threading.Thread(target=lambda: counts.append(database.value("select count(*) from tags")))
    database.execute("insert into tags values ('odd', 1)")
    reader.start()
    reader.join()
    assert counts == [1]


def test_threads_write_one_after_the_other(database: Database) -> None:
    def add(first: int) -> None:
        for number in range(first, first + 20):
            with database.transaction():
                count = database.value("select count(*) from tags")
                database.execute("insert into tags values (?, ?)", [f"tag {number}", count])

    threads = [threading.Thread(target=add, args=(100 * k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = [count for (count,) in database.rows("select sample_id from tags order by 1")]
    assert counts == list(range(80))


def test_every_change_is_counted_and_reading_is_none(database: Database) -> None:
    before = database.changes
    database.rows("select * from samples")
    assert database.changes == before
    with database.transaction():
        database.execute("insert into tags values ('odd', 1)")
    assert database.changes > before


def test_another_process_can_read_a_shared_project_and_read_it_again_after_it_was_written(shared: Database) -> None:
    assert in_another_process(shared.directory).stdout == "6\n"
    shared.execute("delete from samples where sample_id = 5")
    with noted_server(shared.directory, "http://127.0.0.1:5077"):
        answer = in_another_process(shared.directory)
    assert answer.stdout == "5\n", answer.stderr
    assert shared.value("select count(*) from samples") == 5


def test_another_process_that_would_write_learns_which_server_holds_the_project(shared: Database) -> None:
    with noted_server(shared.directory, "http://127.0.0.1:5077"):
        answer = in_another_process(shared.directory, statement="delete from samples", read_only=False)
    assert "The project is served: `misnomer serve`" in answer.stderr
    assert "http://127.0.0.1:5077" in answer.stderr
    assert shared.value("select count(*) from samples") == 6


def test_a_note_of_a_server_that_is_gone_names_nobody(shared: Database) -> None:
    with noted_server(shared.directory, "http://127.0.0.1:5077"):
        note = (shared.directory / "cache" / "server.json").read_text()
    (shared.directory / "cache" / "server.json").write_text(note.replace('"process": ', '"process": 9'))
    answer = in_another_process(shared.directory, statement="delete from samples", read_only=False)
    assert "holds" in answer.stderr
    assert "5077" not in answer.stderr


def test_writing_while_another_process_reads_is_refused_after_some_seconds_and_reading_goes_on(
    shared: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_PATIENCE_SECONDS", 0.3)
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom misnomer.store.database import Database\n"
        f"database = Database(Path({str(shared.directory)!r}), read_only=True)\n"
        "print('open', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        with pytest.raises(ProjectLocked, match="in use"):
            shared.execute("delete from samples")
        assert shared.value("select count(*) from samples") == 6
        other.communicate("")
    shared.execute("delete from samples")
    assert shared.value("select count(*) from samples") == 0


def test_tables_stay_visible_when_the_file_is_opened_for_writing(shared: Database) -> None:
    with shared.tables(incoming=pa.table({"tag": ["odd", "even"], "sample_id": pa.array([1, 2], pa.int32())})):
        assert shared.value("select count(*) from incoming") == 2
        shared.execute("insert into tags select * from incoming")
    assert shared.value("select count(*) from tags") == 2


def test_a_stream_is_read_to_its_end_before_the_file_is_let_go(shared: Database) -> None:
    stream = shared.batches("select * from range(200000)", rows=1000)
    writer = threading.Thread(target=shared.execute, args=("insert into tags values ('odd', 1)",))
    writer.start()
    time.sleep(0.05)
    assert writer.is_alive()
    assert sum(batch.num_rows for batch in stream) == 200_000
    writer.join()
    assert shared.value("select count(*) from tags") == 1


def test_a_writer_that_comes_while_several_streams_are_opened_waits_for_all_of_them(
    shared: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = threading.Thread(target=lambda: shared.execute("insert into tags values ('odd', 1)"), daemon=True)
    stream = connection.Connection.stream

    def opened_slowly(self: connection.Connection, start: Callable[..., pa.RecordBatchReader]) -> pa.RecordBatchReader:
        def starting(cursor: object) -> pa.RecordBatchReader:
            if writer.ident is None:
                writer.start()
            while not self._switching:
                time.sleep(0.001)
            return start(cursor)

        return stream(self, starting)

    monkeypatch.setattr(connection.Connection, "stream", opened_slowly)
    readings: list[list[int]] = []

    def read() -> None:
        streams = shared.streams("select sample_id from samples where sample_id % 2 = ?", [[0], [1]])
        readings.extend(one.read_all()["sample_id"].to_pylist() for one in streams)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(10)
    writer.join(10)
    assert not reader.is_alive()
    assert not writer.is_alive()
    assert [sorted(one) for one in readings] == [[0, 2, 4], [1, 3, 5]]
    assert shared.value("select count(*) from tags") == 1


def test_readers_and_a_writer_at_once_lose_nothing(shared: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_KEPT_SECONDS", 0.01)
    seen: list[int] = []
    stopped = threading.Event()

    def read() -> None:
        while not stopped.is_set():
            seen.append(shared.value("select count(*) from tags"))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(15):
        shared.execute("insert into tags values ('odd', ?)", [number])
        time.sleep(0.02)
    stopped.set()
    for reader in readers:
        reader.join()
    assert shared.value("select count(*) from tags") == 15
    assert set(seen) <= set(range(16))
    shared.close()


def test_a_project_that_is_open_in_the_same_process_says_so(database: Database) -> None:
    with pytest.raises(ProjectLocked, match="open already, to write"):
        Database(database.directory, read_only=True)
