"""What to annotate next over HTTP is what Python says."""

from fastapi.testclient import TestClient

from misnomer.project import Project


def test_acquisition_is_that_of_python(client: TestClient, project: Project) -> None:
    answer = client.get("/api/acquisition", params={"model": "m", "limit": 3, "filter": '{"text": "cat"}'})
    assert answer.status_code == 200
    assert answer.json() == project.annotate_next(model="m", text="cat", limit=3).to_dict()


def test_an_empty_pool_is_refused_with_advice(client: TestClient) -> None:
    answer = client.get("/api/acquisition", params={"model": "m"})
    assert answer.status_code == 422
    assert "--split pool" in answer.json()["hint"]
