"""Suspected labels and decisions over HTTP."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fastapi.testclient import TestClient

from misnomer.project import Project, create
from tests.unit.server.conftest import serving


@pytest.fixture
def checked(tmp_path: Path) -> Iterator[Project]:
    """Twenty cats, one of them labelled as a dog, and twenty dogs; a model that is sure of each."""
    keys = [f"{number:02}.jpg" for number in range(40)]
    labels = ["cat"] * 19 + ["dog"] * 21
    cat = np.array([0.9 + 0.001 * number for number in range(20)] + [0.1 - 0.001 * number for number in range(20)])
    with create(tmp_path / "pets.misnomer", images=pd.DataFrame({"key": keys, "label": labels})) as project:
        predicted = {"keys": keys, "probabilities": np.stack([cat, 1 - cat], axis=1), "class_names": ["cat", "dog"]}
        project.add_predictions(predicted, model="sure")
        yield project


@pytest.fixture
def client(checked: Project) -> Iterator[TestClient]:
    yield from serving(checked)


@pytest.fixture
def reader(checked: Project) -> Iterator[TestClient]:
    yield from serving(checked, read_only=True)


def test_the_list_is_what_python_gives(checked: Project, client: TestClient) -> None:
    answer = client.get("/api/label-errors", params={"model": "sure"})
    assert answer.json() == checked.label_errors(model="sure", limit=20).to_dict()
    (error,) = answer.json()["label_errors"]
    assert (error["sample"]["label"], error["suggested"]) == ("dog", "cat")


def test_a_decision_is_kept_told_and_undone(checked: Project, client: TestClient) -> None:
    error = client.get("/api/label-errors", params={"model": "sure"}).json()["label_errors"][0]
    body = {"sample_id": error["sample"]["id"], "action": "correct", "label": error["suggested"]}
    kept = client.post("/api/decisions", json=body)
    assert (kept.status_code, kept.json()["label"], kept.json()["given_label"]) == (200, "cat", "dog")
    after = client.get("/api/label-errors", params={"model": "sure"}).json()
    assert (after["total"], after["seen_count"], after["label_errors"]) == (0, 1, [])
    labels = client.get("/api/samples", params={"labels": "corrected", "model": "sure"}).json()["samples"]
    assert [sample["label"] for sample in labels].count("cat") == 20
    assert client.get("/api/decisions").json()["corrected"] == 1
    assert client.delete("/api/decisions/last").json()["decision_id"] == kept.json()["decision_id"]
    assert client.get("/api/label-errors", params={"model": "sure"}).json()["total"] == 1
    refused = client.delete("/api/decisions/last")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"sample_id": 0, "action": "correct", "label": "cow"}, "unknown_name"),
        ({"sample_id": 0, "action": "correct"}, "invalid_input"),
        ({"sample_id": 0, "action": "burn"}, None),
        ({"sample_id": 99, "action": "keep"}, "invalid_input"),
        ({"sample_id": 0, "action": "keep", "extra": 1}, None),
    ],
)
def test_what_cannot_be_decided_is_refused(client: TestClient, body: dict[str, object], code: str | None) -> None:
    answer = client.post("/api/decisions", json=body)
    assert answer.status_code == 422
    assert code is None or answer.json()["code"] == code


def test_a_reader_cannot_decide(reader: TestClient) -> None:
    answer = reader.post("/api/decisions", json={"sample_id": 0, "action": "keep"})
    assert (answer.status_code, answer.json()["code"]) == (403, "read_only")


def test_without_anything_to_check_by_it_says_so(tmp_path: Path) -> None:
    project = create(tmp_path / "bare.misnomer", images=pd.DataFrame({"key": ["a"], "label": ["cat"]}))
    with project, contextlib.closing(serving(project)) as clients:
        answer = next(clients).get("/api/label-errors")
    assert answer.status_code == 422
    assert "nothing to check labels by" in answer.json()["message"]
