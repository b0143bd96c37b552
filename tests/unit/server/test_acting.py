"""Tags, notes and exports over HTTP: what changes, what undoes it, what is in the file."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest
from fastapi.testclient import TestClient
from PIL import Image

import misnomer
from misnomer.server.access import Access
from misnomer.server.app import App


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    for name in ("cat/1.png", "cat/2.png", "dog/1.png"):
        path = tmp_path / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), "red").save(path)
    with (
        misnomer.create(tmp_path / "pets.misnomer", images=tmp_path / "images") as project,
        TestClient(App(project, Access(None)), base_url="http://127.0.0.1") as client,
    ):
        yield client


def samples(client: TestClient) -> dict[str, dict[str, object]]:
    return {sample["key"]: sample for sample in client.get("/api/samples").json()["samples"]}


def test_a_tag_is_undone_by_its_keys(client: TestClient) -> None:
    client.post("/api/tags", json={"tag": "odd", "filter": {"keys": ["cat/1.png"]}})
    change = client.post("/api/tags", json={"tag": "odd", "filter": {"classes": ["cat"]}}).json()
    assert (change["changed"], change["sample_count"], change["keys"]) == (1, 2, ["cat/2.png"])
    client.post("/api/tags", json={"tag": "odd", "remove": True, "filter": {"keys": change["keys"]}})
    assert [key for key, sample in samples(client).items() if sample["tags"]] == ["cat/1.png"]


@pytest.mark.parametrize("text", ["behind the dog", "two\nlines", "<script>alert('1')</script>", "狼 🐺"])
def test_a_note_is_kept_letter_by_letter(client: TestClient, text: str) -> None:
    assert client.put("/api/samples/1/note", json={"text": text}).status_code == 200
    assert [sample["note"] for sample in samples(client).values()] == [None, text, None]
    client.put("/api/samples/1/note", json={"text": " "})
    assert samples(client)["cat/2.png"]["note"] is None


def test_a_note_on_no_sample_is_not_found(client: TestClient) -> None:
    answer = client.put("/api/samples/99/note", json={"text": "x"})
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown_sample"


def test_an_export_has_exactly_the_filters_samples(client: TestClient) -> None:
    answer = client.post("/api/export", json={"format": "csv", "filter": {"keys": ["dog/1.png", "cat/2.png"]}})
    assert 'filename="pets-samples.csv"' in answer.headers["content-disposition"]
    table = pa.csv.read_csv(io.BytesIO(answer.content))
    assert table["key"].to_pylist() == ["cat/2.png", "dog/1.png"]


def test_every_format_that_the_project_tells_can_be_exported(client: TestClient) -> None:
    formats = [format["name"] for format in client.get("/api/project").json()["export_formats"]]
    assert {"csv", "parquet", "json", "label-studio", "cvat"} <= set(formats)
    for name in formats:
        answer = client.post("/api/export", json={"format": name, "filter": {}})
        assert answer.status_code == 200, answer.text
        assert len(answer.content) > 20


def test_a_format_of_several_files_comes_as_an_archive(client: TestClient) -> None:
    answer = client.post("/api/export", json={"format": "label-studio"})
    assert "cat/1.png" in "".join(
        archive.read(name).decode()
        for archive in [zipfile.ZipFile(io.BytesIO(answer.content))]
        for name in archive.namelist()
    )


def test_an_unknown_format_is_refused_with_the_known_ones(client: TestClient) -> None:
    answer = client.post("/api/export", json={"format": "xlsx"})
    assert answer.status_code == 422
    assert "csv" in answer.json()["hint"]


@pytest.mark.parametrize("size", [128, 256, 512])
def test_a_thumbnail_comes_in_each_size(client: TestClient, size: int) -> None:
    answer = client.get("/api/samples/0/thumbnail", params={"size": size})
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.content)).size == (8, 8)
