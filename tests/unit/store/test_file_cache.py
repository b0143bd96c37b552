"""A bounded folder of files that can be made again."""

import os
from pathlib import Path

from misnomer.store.file_cache import FileCache


def names(folder: Path) -> set[str]:
    return {path.parent.name + path.name for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_read_as_it_was_written_and_its_absence_is_none(tmp_path: Path) -> None:
    files = FileCache(tmp_path, 1000)
    assert files.read("abcd.webp") is None
    files.write("abcd.webp", b"picture")
    assert files.read("abcd.webp") == b"picture"


def test_past_the_limit_the_oldest_go(tmp_path: Path) -> None:
    files = FileCache(tmp_path, 100)
    for number in range(4):
        files.write(f"a{number}.webp", b"x" * 25)
        os.utime(files.path(f"a{number}.webp"), (number, number))
    files.write("b0.webp", b"x" * 25)
    # 125 bytes are more than 100: the oldest go until no more than 80 are left.
    assert names(tmp_path) == {"a2.webp", "a3.webp", "b0.webp"}


def test_what_an_earlier_process_has_left_counts(tmp_path: Path) -> None:
    FileCache(tmp_path, 100).write("a0.webp", b"x" * 90)
    os.utime(tmp_path / "a0" / ".webp", (0, 0))
    FileCache(tmp_path, 100).write("b0.webp", b"x" * 20)
    assert names(tmp_path) == {"b0.webp"}


def test_a_folder_that_cannot_be_made_keeps_nothing_and_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    files = FileCache(tmp_path / "cache", 100)
    files.write("abcd.webp", b"picture")
    assert files.read("abcd.webp") is None
