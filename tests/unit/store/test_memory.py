"""What has been read is kept within a bound, and never beyond a change."""

import contextlib
from pathlib import Path

import numpy as np
import pytest

from misnomer.store.database import Database, create_database
from misnomer.store.memory import Memory, _machine_bytes, memory_limit


def column(megabytes: int) -> np.ndarray:
    return np.zeros(megabytes << 20, np.uint8)


def test_what_is_kept_is_found_until_something_is_written() -> None:
    memory = Memory(10 << 20)
    memory.keep("a", 1, column(1))
    assert memory.find("a", 1) is not None
    assert memory.find("b", 1) is None
    assert memory.find("a", 2) is None


def test_what_was_read_before_a_change_does_not_replace_what_was_read_after_it() -> None:
    memory = Memory(10 << 20)
    memory.keep("a", 2, np.array([2]))
    memory.keep("a", 1, np.array([1]))
    assert memory.find("a", 2).tolist() == [2]
    assert memory.find("a", 1) is None


def test_the_longest_unused_goes_when_the_bound_is_reached() -> None:
    memory = Memory(3 << 20)
    for name in ("a", "b", "c"):
        memory.keep(name, 0, column(1))
    memory.find("a", 0)
    memory.keep("d", 0, column(1))
    assert [name for name in ("a", "b", "c", "d") if memory.find(name, 0) is not None] == ["a", "c", "d"]
    assert memory.size_bytes == 3 << 20


def test_columns_do_not_drive_out_what_is_small() -> None:
    memory = Memory(3 << 20)
    memory.keep("fences", 0, (1.0, 2.0))
    for name in ("a", "b", "c", "d"):
        memory.keep(name, 0, column(1))
    assert memory.find("fences", 0) == (1.0, 2.0)
    assert [name for name in ("a", "b", "c", "d") if memory.find(name, 0) is not None] == ["c", "d"]


def test_what_is_small_is_bounded_too() -> None:
    memory = Memory(5_000)
    for number in range(10):
        memory.keep(number, 0, (number,))
    assert [number for number in range(10) if memory.find(number, 0) is not None] == [5, 6, 7, 8, 9]


def test_what_is_larger_than_the_bound_is_not_kept_and_drives_nothing_out() -> None:
    memory = Memory(3 << 20)
    memory.keep("small", 0, column(1))
    memory.keep("large", 0, column(4))
    assert memory.find("large", 0) is None
    assert memory.find("small", 0) is not None


def test_keeping_the_same_twice_counts_it_once() -> None:
    memory = Memory(3 << 20)
    memory.keep("a", 0, column(1))
    memory.keep("a", 0, column(2))
    assert memory.size_bytes == 2 << 20


def count(database: Database) -> int:
    return int(database.known("count", lambda: database.value("select count(*) from tags")))


def test_a_write_shows_at_once(database: Database) -> None:
    assert count(database) == 0
    database.execute("insert into tags values ('review', 1)")
    assert count(database) == 1


def test_who_is_changing_the_project_sees_the_change_and_others_do_not_if_it_is_undone(database: Database) -> None:
    with contextlib.suppress(KeyError), database.transaction():
        database.execute("insert into tags values ('review', 1)")
        assert count(database) == 1
        raise KeyError
    assert count(database) == 0


@pytest.mark.parametrize("again", [1, 2])
def test_it_is_read_once(database: Database, again: int) -> None:
    read: list[int] = []
    for _ in range(1 + again):
        database.known("answer", lambda: read.append(1) or 42)  # type: ignore[func-returns-value]
    assert read == [1]


@pytest.mark.parametrize(
    ("sample_count", "machine_gib", "expected_mib"),
    [
        (1_000_000, 24, 256),  # whose 32 columns are 244 MiB
        (10_000_000, 24, 2441),
        (10_000_000, 8, 1024),  # an eighth
        (10_000_000, 1, 256),
        (10_000_000, 0, 256),  # the system does not tell
    ],
)
def test_there_is_room_for_the_columns_of_many_samples_within_an_eighth_of_the_memory(
    monkeypatch: pytest.MonkeyPatch, sample_count: int, machine_gib: int, expected_mib: int
) -> None:
    monkeypatch.setattr("misnomer.store.memory._machine_bytes", lambda: machine_gib << 30)
    assert memory_limit(sample_count) >> 20 == expected_mib


def test_a_container_has_less_than_its_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limited, unlimited = tmp_path / "memory.max", tmp_path / "none"
    limited.write_text("1048576\n")
    unlimited.write_text("max\n")
    monkeypatch.setattr("misnomer.store.memory._CONTAINER_LIMITS", (str(unlimited), str(limited), "/not/there"))
    assert _machine_bytes() == 1048576


def test_the_setting_says_how_much_a_served_project_keeps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MISNOMER_COLUMN_MEMORY_MB", "100")
    create_database(tmp_path / "p.misnomer")
    with contextlib.closing(Database(tmp_path / "p.misnomer", shared=True)) as served:
        assert served.memory_bytes == 100 << 20
    with contextlib.closing(Database(tmp_path / "p.misnomer")) as alone:
        assert alone.memory_bytes == 256 << 20
