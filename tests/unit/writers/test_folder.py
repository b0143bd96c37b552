from pathlib import Path

import pytest

from misnomer.errors import InputError
from misnomer.writers.folder import folder_written_whole


def write(path: Path, content: str, beside: list[str] | None = None) -> None:
    with folder_written_whole(path, format="x", beside=beside or []) as folder:
        (folder / "sub").mkdir()
        (folder / "sub/file").write_text(content)


def test_an_earlier_export_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    write(tmp_path / "out", "second")
    assert (tmp_path / "out/sub/file").read_text() == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("change", ["sub/file", "mine"])
def test_an_export_that_someone_changed_is_kept(tmp_path: Path, change: str) -> None:
    write(tmp_path / "out", "first")
    (tmp_path / "out" / change).write_text("a person's work")
    with pytest.raises(InputError, match=change):
        write(tmp_path / "out", "second")
    assert (tmp_path / "out" / change).read_text() == "a person's work"


def test_a_folder_of_something_else_and_a_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("x")
    with pytest.raises(InputError, match="not empty"):
        write(tmp_path / "mine", "y")
    with pytest.raises(InputError, match="is a file"):
        write(tmp_path / "mine/file", "y")
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", "y")
    assert (tmp_path / "empty/sub/file").read_text() == "y"


@pytest.mark.parametrize("place", [".", "images", "images/out"])
def test_nothing_is_written_in_or_around_the_users_images(tmp_path: Path, place: str) -> None:
    (tmp_path / "images").mkdir()
    with pytest.raises(InputError, match=r"not empty|in or around the images"):
        write(tmp_path / place, "x", beside=[str(tmp_path / "images")])
    assert list((tmp_path / "images").iterdir()) == []


def test_an_error_leaves_the_earlier_export_and_no_half_of_the_new(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    with pytest.raises(ZeroDivisionError), folder_written_whole(tmp_path / "out", format="x", beside=[]) as folder:
        (folder / "file").write_text("half")
        raise ZeroDivisionError
    assert (tmp_path / "out/sub/file").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
