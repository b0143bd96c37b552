import json

import numpy as np
import pyarrow as pa
from fastapi.testclient import TestClient

from misnomer.project import Project
from misnomer.store.map_points import set_map

SQUARE = {"region": [[0.5, -1], [3.5, -1], [3.5, 1], [0.5, 1]]}


def test_the_map_is_an_arrow_stream_that_respects_the_filter(client: TestClient, project: Project) -> None:
    points = np.column_stack([np.arange(6), np.zeros(6)]).astype(np.float32)
    set_map(project._database, np.arange(6, dtype=np.int32), points, "here")
    parameters = {"color": "confidence", "filter": json.dumps(SQUARE)}
    answer = client.get("/api/map", params=parameters)
    assert answer.headers["content-type"] == "application/vnd.apache.arrow.stream"
    table = pa.ipc.open_stream(answer.content).read_all()
    assert table.schema.names == ["sample_id", "x", "y", "label", "prediction", "outcome", "color"]
    assert table["sample_id"].to_pylist() == [1, 2, 3]
    assert table["label"].to_pylist() == ["cat", "cat", "dog, wild"]
    page = client.get("/api/samples", params={"filter": json.dumps(SQUARE)}).json()
    assert [sample["id"] for sample in page["samples"]] == [1, 2, 3]


def test_maps_are_kept_apart_from_other_answers(client: TestClient, project: Project) -> None:
    set_map(project._database, np.arange(6, dtype=np.int32), np.zeros((6, 2), np.float32), "here")
    first, second = client.get("/api/map"), client.get("/api/map")
    assert second.content == first.content
    served = client.app._api.result().state.served  # type: ignore[attr-defined]
    assert served.answers.find("gzip /api/map?", project.changes) is None
    kept = served.maps.find("gzip /api/map?", project.changes)
    assert kept is not None and kept.body == first.content


def test_without_a_map_the_answer_says_how_to_make_it(client: TestClient, project: Project) -> None:
    project._database.execute("delete from map_points")
    answer = client.get("/api/map")
    assert answer.status_code == 422
    assert "misnomer compute" in answer.json()["hint"]
