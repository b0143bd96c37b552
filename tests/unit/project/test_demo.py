"""The shipped demo data come out whole, again and again, or the error says what to do."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from misnomer.errors import InputError, StorageFailure
from misnomer.project.demo import extract_demo


def write_demo_data(folder: Path, members: dict[str, bytes] | None = None) -> Path:
    """A demo data folder as the build script leaves it, with two tiny pictures."""
    folder.mkdir()
    members = members or {"images/google/dog.png": b"dog, drawn", "images/twitter/dog.png": b"dog, drawn again"}
    with zipfile.ZipFile(folder / "images.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    (folder / "samples.csv").write_text("key,path,label\ngoogle/dog.png,images/google/dog.png,Animals\n")
    (folder / "linear.parquet").write_bytes(b"probabilities")
    (folder / "LICENSES.md").write_text("theirs")
    digests = {path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in folder.iterdir()}
    models = {"linear": {"file": "linear.parquet"}}
    (folder / "provenance.json").write_text(json.dumps({"files": digests, "models": models}))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_demo_data(tmp_path / "demo_data")


def test_the_pictures_of_the_archive_lie_where_the_table_says(source: Path, tmp_path: Path) -> None:
    demo = extract_demo(tmp_path / "out", source=source)
    assert demo.images.read_text().splitlines()[1] == "google/dog.png,images/google/dog.png,Animals"
    assert (demo.directory / "images/google/dog.png").read_bytes() == b"dog, drawn"
    assert demo.predictions == {"linear": tmp_path / "out" / "linear.parquet"}
    assert demo.licences.read_text() == "theirs"


def test_extracting_twice_touches_nothing(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract_demo(out, source=source)
    first = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    extract_demo(out, source=source)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == first


def test_an_extraction_cut_off_anywhere_is_finished_by_the_next(source: Path, tmp_path: Path) -> None:
    whole, cut_off = tmp_path / "whole", tmp_path / "cut off"
    extract_demo(whole, source=source)
    extract_demo(cut_off, source=source)
    (cut_off / "images/google/dog.png").rename(cut_off / "images/google/.dog.png.partial")
    (cut_off / "images/google/.dog.png.partial").write_bytes(b"do")
    (cut_off / "samples.csv").write_bytes(b"key,pa")
    extract_demo(cut_off, source=source)
    assert contents(cut_off) == contents(whole)


def test_other_files_in_the_directory_are_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    extract_demo(tmp_path, source=source)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_package_without_demo_data_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="built without the demo data") as raised:
        extract_demo(tmp_path / "out", source=tmp_path)
    assert "make demo-data" in raised.value.hint
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["images.zip", "samples.csv", "linear.parquet"])
def test_a_file_that_is_not_as_built_is_refused(source: Path, tmp_path: Path, name: str) -> None:
    (source / name).write_bytes((source / name).read_bytes()[:-1])
    with pytest.raises(InputError, match=f"damaged: .*{name}"):
        extract_demo(tmp_path / "out", source=source)


def test_a_file_that_is_gone_is_refused(source: Path, tmp_path: Path) -> None:
    (source / "linear.parquet").unlink()
    with pytest.raises(InputError, match="damaged"):
        extract_demo(tmp_path / "out", source=source)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": '])
def test_a_provenance_that_is_not_one_is_refused(source: Path, tmp_path: Path, text: str) -> None:
    (source / "provenance.json").write_text(text)
    with pytest.raises(InputError, match="damaged"):
        extract_demo(tmp_path / "out", source=source)


@pytest.mark.parametrize("name", ["../outside.png", "/tmp/misnomer-outside.png"])
def test_an_archive_that_reaches_outside_the_directory_is_refused(tmp_path: Path, name: str) -> None:
    source = write_demo_data(tmp_path / "demo_data", {name: b"no"})
    with pytest.raises(InputError, match="outside"):
        extract_demo(tmp_path / "out", source=source)
    assert not (tmp_path / "outside.png").exists()


def test_a_directory_that_cannot_be_written_is_a_storage_failure(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the directory should be")
    with pytest.raises(StorageFailure, match="Cannot write the demo"):
        extract_demo(tmp_path / "out", source=source)
