"""Reading image files, local and remote, and what is wrong with those that cannot be."""

import os

import fsspec
import pytest

from misnomer.features.files import image_location, read_image_file
from misnomer.features.problem import DecodeProblem


@pytest.mark.parametrize(
    ("root", "path", "location"),
    [
        ("/data/val", "cat/1.jpg", "/data/val/cat/1.jpg"),
        ("/data/val", "/else/1.jpg", "/else/1.jpg"),
        ("/data/val", "https://host/1.jpg", "https://host/1.jpg"),
        ("s3://bucket/val/", "cat/1.jpg", "s3://bucket/val/cat/1.jpg"),
        ("", "1.jpg", "1.jpg"),
    ],
)
def test_location(root, path, location):
    assert image_location(root, path) == location


def problem_of(location: str) -> DecodeProblem:
    with pytest.raises(DecodeProblem) as problem:
        read_image_file(location)
    return problem.value


def test_missing_files(tmp_path):
    assert problem_of(str(tmp_path / "none.jpg")).kind == "missing_image"
    assert problem_of("memory://none.jpg").kind == "missing_image"


def test_a_directory_is_not_an_image(tmp_path):
    assert problem_of(str(tmp_path)).kind == "not_an_image"


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert problem_of(str(tmp_path / "pipe.jpg")).kind == "not_an_image"


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "secret.jpg"
    path.write_bytes(b"x")

    def refuse(_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    problem = problem_of(str(path))
    assert problem.kind == "unreadable_image"
    assert "Permission denied" in problem.reason


def test_a_file_larger_than_any_allowed_image_is_not_read(tmp_path):
    with (tmp_path / "sparse.jpg").open("wb") as file:
        file.truncate(5 << 30)
    problem = problem_of(str(tmp_path / "sparse.jpg"))
    assert problem.kind == "unreadable_image"
    assert "5,368,709,120 bytes" in problem.reason


def test_a_name_that_no_system_takes():
    assert problem_of("a\0b.jpg").kind in ("missing_image", "unreadable_image")
    assert problem_of("x" * 5000).kind == "unreadable_image"


def test_an_unknown_protocol_is_a_problem_of_the_image():
    problem = problem_of("gopher2://host/1.jpg")
    assert problem.kind == "unreadable_image"
    assert "gopher2" in problem.reason


def test_a_url_is_read_through_fsspec():
    with fsspec.open("memory://folder/a.jpg", "wb") as file:
        file.write(b"content")
    assert read_image_file("memory://folder/a.jpg") == b"content"
