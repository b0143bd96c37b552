"""Similar samples over HTTP are those of Python."""

from fastapi.testclient import TestClient

from misnomer.project import Project


def test_similar_to_keys_among_a_filter(client: TestClient, project: Project) -> None:
    body = {"keys": ["cat/0.png"], "among": {"where": [{"field": "label", "operator": "=", "value": "dog, wild"}]}}
    answer = client.post("/api/similar", json=body).json()
    assert answer["samples"][0]["key"] == "dog, wild/0.png"
    assert answer["samples"][0]["distance"] < 1e-4
    assert answer["candidate_count"] == 3


def test_similar_to_a_region(client: TestClient) -> None:
    answer = client.post("/api/similar", json={"filter": {"outcome": "fp"}, "limit": 2}).json()
    assert answer["query_count"] == 2
    assert len(answer["samples"]) == 2


def test_similar_to_an_uploaded_image(client: TestClient, project: Project) -> None:
    picture = project.pictures.image(0)
    content = picture.path.read_bytes() if picture.path is not None else picture.content
    answer = client.post("/api/similar/image?limit=1", content=content, headers={"Content-Type": "image/png"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["samples"][0]["distance"] < 1e-3


def test_an_upload_that_is_no_image_is_refused(client: TestClient) -> None:
    answer = client.post("/api/similar/image", content=b"hello")
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_source")


def test_unknown_keys_and_nothing_are_refused(client: TestClient) -> None:
    assert client.post("/api/similar", json={"keys": ["gone.png"]}).json()["code"] == "unknown_name"
    assert client.post("/api/similar", json={}).status_code == 422


def test_reading_only_does_not_matter(reader: TestClient) -> None:
    assert reader.post("/api/similar", json={"keys": ["cat/0.png"]}).status_code == 200
