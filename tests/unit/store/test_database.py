"""The project on disk: made whole or not at all, one writer, errors in words."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from misnomer.errors import ProjectLocked, ProjectNotFound, ProjectVersion, StorageFailure
from misnomer.store import tables
from misnomer.store.database import Database, create_database


def test_a_new_project_has_the_current_schema_version(tmp_path: Path) -> None:
    create_database(tmp_path / "new.misnomer")
    database = Database(tmp_path / "new.misnomer")
    assert database.value("select value from meta where name = 'schema_version'") == str(tables.SCHEMA_VERSION)


def test_creating_again_keeps_what_is_there(database: Database) -> None:
    database.close()
    create_database(database.directory)
    assert Database(database.directory).value("select count(*) from samples") == 6


def test_a_half_made_project_is_made_again(tmp_path: Path) -> None:
    directory = tmp_path / "killed.misnomer"
    directory.mkdir()
    leftover = directory / ".project.duckdb.new-1-abcd"
    leftover.write_bytes(b"half a file")
    os.utime(leftover, (0, 0))
    create_database(directory)
    assert Database(directory).value("select count(*) from samples") == 0
    assert not leftover.exists()


def test_of_several_that_make_a_project_at_once_one_is_first_and_it_is_whole(tmp_path: Path) -> None:
    for number in range(5):
        directory = tmp_path / f"{number}.misnomer"
        with ThreadPoolExecutor(4) as threads:
            made = list(threads.map(lambda _, directory=directory: create_database(directory), range(4)))
        assert sorted(made) == [False, False, False, True]
        assert Database(directory).value("select count(*) from samples") == 0
        assert {path.name for path in directory.iterdir()} == {"project.duckdb", "vectors", "cache"}


def test_a_directory_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(StorageFailure, match=r"thesis\.docx"):
        create_database(tmp_path)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pets.misnomer").touch()
    with pytest.raises(StorageFailure, match="is a file"):
        create_database(tmp_path / "pets.misnomer")


def test_opening_nothing_says_how_to_make_a_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectNotFound, match="misnomer create"):
        Database(tmp_path / "nothing.misnomer")


def test_a_damaged_database_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "project.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(StorageFailure, match="damaged"):
        Database(tmp_path)


def test_a_newer_project_asks_for_an_upgrade(database: Database) -> None:
    database.execute("update meta set value = '999' where name = 'schema_version'")
    database.close()
    with pytest.raises(ProjectVersion, match="pip install --upgrade"):
        Database(database.directory)


def test_another_process_is_named_when_it_holds_the_project(database: Database) -> None:
    code = (
        "from pathlib import Path; from misnomer.store.database import Database; "
        f"Database(Path({str(database.directory)!r}))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ProjectLocked.__name__ in other.stderr
    assert "process" in other.stderr


def test_two_processes_may_read(database: Database) -> None:
    database.close()
    first = Database(database.directory, read_only=True)
    code = (
        "from pathlib import Path; from misnomer.store.database import Database; "
        f"print(Database(Path({str(database.directory)!r}), read_only=True).value('select count(*) from samples'))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == "6"
    assert first.value("select count(*) from samples") == 6


def test_writing_to_a_project_open_for_reading_is_refused(database: Database) -> None:
    database.close()
    reading = Database(database.directory, read_only=True)
    with pytest.raises(StorageFailure, match="reading only"):
        reading.execute("delete from samples")


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.execute("delete from samples")
        with database.transaction():
            database.execute("delete from classes")
        _ = 1 / 0
    assert database.value("select count(*) from samples") == 6
    assert database.value("select count(*) from classes") == 3
