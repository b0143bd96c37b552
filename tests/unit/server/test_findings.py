"""Findings over HTTP are those of Python."""

from fastapi.testclient import TestClient

from misnomer.project import Project


def test_outliers_are_those_of_the_project(client: TestClient, project: Project) -> None:
    answer = client.get("/api/outliers", params={"limit": 2, "model": "m"})
    assert answer.json() == project.outliers(model="m", limit=2).to_dict()


def test_two_models_are_compared_sample_by_sample(client: TestClient, project: Project) -> None:
    keys = [sample.key for sample in project.samples(model="m").samples]
    project.add_predictions({"keys": keys, "predictions": ["cat"] * 6}, model="n")  # m is wrong about cat/2 and dog/2
    answer = client.get("/api/compare", params={"a": "m", "b": "n"}).json()
    assert (answer["both_right"], answer["only_a_right"], answer["only_b_right"], answer["both_wrong"]) == (2, 2, 1, 1)


def test_a_model_that_is_not_there_is_told(client: TestClient) -> None:
    answer = client.get("/api/compare", params={"a": "m", "b": "n"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_name")
