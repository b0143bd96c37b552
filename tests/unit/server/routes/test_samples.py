"""Samples over HTTP are those of Project."""

import json

import pytest
from fastapi.testclient import TestClient

from misnomer.filters import where
from misnomer.project import Project


def test_a_page_of_samples_is_what_python_gives(client: TestClient, project: Project) -> None:
    page = client.get("/api/samples", params={"sort": "-brightness", "limit": 2, "offset": 1}).json()
    assert page == project.samples(sort="-brightness", limit=2, offset=1).to_dict()
    assert page["total"] == 6
    assert [sample["id"] for sample in page["samples"]] == [5, 1]


@pytest.mark.parametrize("sort", ["key", "-key", "label", "split", "prediction", "confidence", "-width", "note"])
def test_any_field_is_an_order(client: TestClient, sort: str) -> None:
    assert client.get("/api/samples", params={"sort": sort}).json()["total"] == 6


def test_a_filter_is_json_text(client: TestClient, project: Project) -> None:
    chosen = where(outcome="fp", classes=["dog, wild"])
    answer = client.get("/api/samples", params={"filter": json.dumps(chosen.to_dict())}).json()
    assert [sample["key"] for sample in answer["samples"]] == ["cat/2.png"]


def test_a_sample_in_full_has_its_percentiles_and_its_image(client: TestClient) -> None:
    sample = client.get("/api/samples/1").json()
    assert sample["key"] == "cat/1.png"
    # Brightness is that of 60, 140 and 220, twice each: two lie below, two are equal.
    assert sample["percentiles"]["brightness"] == 0.5
    assert sample["percentiles"]["width"] == 0.5
    assert sample["image"] == {"width_px": 8, "height_px": 6, "available": True, "problem": None}
    assert sample["probabilities"] == []


def test_an_unknown_sample_is_not_found(client: TestClient) -> None:
    answer = client.get("/api/samples/6")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_sample")


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"sort": "brightnes"}, "Did you mean 'brightness'?"),
        ({"model": "n"}, "Unknown model 'n'."),
        ({"filter": "{"}, "The filter is not JSON"),
        ({"filter": "[]"}, "The filter is not a JSON object."),
        ({"filter": '{"class": []}'}, "Did you mean 'classes'?"),
        ({"filter": '{"text": 5}'}, "text"),
        ({"filter": '{"outcome": ["fp"]}'}, "outcome"),
        ({"filter": '{"where": [{"field": 3, "operator": "<", "value": 1}]}'}, "field"),
        ({"filter": '{"where": [{"field": "brightness", "operator": "<", "value": {}}]}'}, "compared with {}"),
        ({"filter": '{"where": 5}'}, "Cannot read the filter"),
        ({"filter": '{"keys": ["\\ud800"]}'}, "half"),
        ({"filter": "[" * 5000}, "The filter is not JSON"),
        ({"limit": "501"}, "less than or equal to 500"),
        ({"offset": "-1"}, "greater than or equal to 0"),
        ({"colour": "red"}, "Unknown parameter 'colour'."),
        ({"labels": "guessed"}, "given"),
    ],
)
def test_what_cannot_be_read_is_told(client: TestClient, parameters: dict[str, str], told: str) -> None:
    answer = client.get("/api/samples", params=parameters)
    assert answer.status_code == 422
    assert told in json.dumps(answer.json())


def test_a_histogram_counts_every_sample(client: TestClient) -> None:
    histogram = client.get("/api/histogram", params={"field": "brightness"}).json()
    assert sum(histogram["counts"]) + histogram["missing_count"] == 6
    assert histogram["low"] < histogram["high"]
    assert client.get("/api/histogram", params={"field": "key"}).status_code == 422


def test_a_note_is_written_over_and_taken_away(client: TestClient) -> None:
    assert client.put("/api/samples/2/note", json={"text": "odd"}).json() == {"id": 2, "note": "odd"}
    assert client.get("/api/samples/2").json()["note"] == "odd"
    client.put("/api/samples/2/note", json={"text": " "})
    assert client.get("/api/samples/2").json()["note"] is None
    assert client.put("/api/samples/9/note", json={"text": "odd"}).status_code == 404


def test_values_of_a_field_of_text_are_searched_and_say_whether_there_are_more(client: TestClient) -> None:
    values = client.get("/api/values", params={"field": "label"}).json()
    assert values["has_more"] is False
    names = [one["value"] for one in values["values"]]
    assert "dog, wild" in names and len(names) > 1
    found = client.get("/api/values", params={"field": "label", "text": "WILD"}).json()
    assert [one["value"] for one in found["values"]] == ["dog, wild"]
    first = client.get("/api/values", params={"field": "label", "limit": 1}).json()
    assert (len(first["values"]), first["has_more"]) == (1, True)


def test_values_of_a_field_of_numbers_are_no_list(client: TestClient) -> None:
    answer = client.get("/api/values", params={"field": "brightness"})
    assert (answer.status_code, answer.json()["message"]) == (422, "brightness has numbers, not a few values.")
