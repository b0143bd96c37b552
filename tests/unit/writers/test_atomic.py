from pathlib import Path

import pytest

from misnomer.errors import InputError, StorageFailure
from misnomer.writers.atomic import written_whole


def test_the_file_is_there_only_after_the_block(tmp_path):
    target = tmp_path / "out.txt"
    with written_whole(target) as partial:
        partial.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("old")
    with pytest.raises(ValueError, match="half"), written_whole(target) as partial:
        partial.write_text("ne")
        raise ValueError("half")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_keeps_pointing_at_the_file_that_is_replaced(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with written_whole(tmp_path / "link.txt") as partial:
        partial.write_text("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_to_directly():
    with written_whole("/dev/null") as partial:
        assert partial == Path("/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_missing_folder_is_the_user_s_input(tmp_path):
    with pytest.raises(InputError, match=r"nowhere does not exist"), written_whole(tmp_path / "nowhere" / "out"):
        pass


def test_a_folder_in_the_file_s_place_is_the_user_s_input(tmp_path):
    with pytest.raises(InputError, match="is a folder"), written_whole(tmp_path):
        pass


def test_a_disk_that_refuses_is_a_storage_failure(tmp_path):
    with pytest.raises(StorageFailure, match="No space left"), written_whole(tmp_path / "out.txt"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
