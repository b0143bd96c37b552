"""Whatever is asked of the API, the answer is never a failure of the server; made up from the API's own description."""

from collections.abc import Iterator

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.schemas import APIOperation

import misnomer
from misnomer.server.access import Access
from misnomer.server.api import api
from misnomer.server.app import App
from tests.unit.cli.conftest import write_images, write_predictions

EXAMPLES = 25
ENDLESS = "get_events"
OPERATIONS = sorted(
    operation["operationId"] for methods in api().openapi()["paths"].values() for operation in methods.values()
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A small project with images, served to who has no token."""
    folder = tmp_path_factory.mktemp("fuzzed")
    images, predictions = write_images(folder / "images"), write_predictions(folder / "predictions.csv")
    project = misnomer.create(
        folder / "pets.misnomer", images=images, predictions=predictions, model="m", skip=("pixels",)
    )
    with project, TestClient(App(project, Access(None)), base_url="http://localhost") as client:
        project.compute("pixels")
        yield client


@pytest.fixture(scope="module")
def operations() -> dict[str, APIOperation]:
    """Every operation by its id."""
    schema = schemathesis.openapi.from_dict(api().openapi())
    found = [result.ok() for result in schema.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != ENDLESS])
def test_no_question_makes_the_server_fail(client: TestClient, operations: dict[str, APIOperation], name: str) -> None:
    @given(case=operations[name].as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(case: schemathesis.Case) -> None:
        request = case.as_transport_kwargs(base_url="http://localhost")
        answer = client.request(
            request["method"],
            request["url"],
            params=request.get("params"),
            headers=dict(request["headers"]),
            json=request.get("json"),
            content=request.get("data"),
        )
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400 and answer.status_code != 416:
            assert set(answer.json()) == {"code", "message", "hint"}

    ask()


def test_every_operation_but_the_endless_one_is_asked(operations: dict[str, APIOperation]) -> None:
    assert set(operations) == set(OPERATIONS)
    assert ENDLESS in OPERATIONS
