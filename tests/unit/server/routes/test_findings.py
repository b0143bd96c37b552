"""Outliers, slices and comparisons over HTTP are those of Python."""

import json

import pytest
from fastapi.testclient import TestClient

from misnomer.project import Project

FILTER = json.dumps({"classes": ["cat"]})


@pytest.fixture
def two_models(project: Project) -> Project:
    project.add_predictions({"keys": ["cat/0.png", "cat/1.png"], "predictions": ["cat", "dog, wild"]}, model="n")
    return project


def test_outliers(client: TestClient, project: Project) -> None:
    answer = client.get("/api/outliers", params={"filter": FILTER, "limit": 2})
    assert answer.json() == project.outliers(classes=["cat"], limit=2).to_dict()


def test_slices(client: TestClient, project: Project) -> None:
    answer = client.get("/api/slices", params={"minimum_support": 1})
    assert answer.json() == project.slices(minimum_support=1).to_dict()
    assert answer.json()["tested_count"] == 2  # label is cat, label is dog: no other value has a rest


def test_a_comparison(client: TestClient, two_models: Project) -> None:
    answer = client.get("/api/compare", params={"a": "m", "b": "n", "filter": FILTER})
    assert answer.json() == two_models.compare("m", "n", classes=["cat"]).to_dict()
    assert answer.json()["only_a_right"] == 1


def test_unknown_models_are_refused(client: TestClient, two_models: Project) -> None:
    answer = client.get("/api/compare", params={"a": "m", "b": "x"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_name")
    assert client.get("/api/compare", params={"a": "m", "b": "m"}).status_code == 422
