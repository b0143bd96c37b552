"""The HTTP API is a promise: a change shows up in the committed description, the source of the web app's types."""

from fastapi.routing import APIRoute
from scripts.write_contract import OPENAPI, openapi_text

from misnomer.server.api import api
from misnomer.server.parameters import query_names


def test_the_committed_description_is_the_one_of_the_routes() -> None:
    assert OPENAPI.read_text(encoding="utf-8") == openapi_text(), "Run make contract and look at what changed."


def test_every_operation_has_an_id_of_its_own_and_says_what_it_does() -> None:
    operations = [one for methods in api().openapi()["paths"].values() for one in methods.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)
    assert all(operation["description"] for operation in operations)


def test_every_problem_of_every_operation_has_the_one_shape() -> None:
    for methods in api().openapi()["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if status.startswith("4") and status != "416":
                    schema = response["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/Problem"}


def test_the_parameters_that_are_not_refused_are_those_of_the_description() -> None:
    described = {
        operation["operationId"]: {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        for methods in api().openapi()["paths"].values()
        for operation in methods.values()
    }
    known = {route.name: set(query_names(route.dependant)) for route in api().routes if isinstance(route, APIRoute)}
    assert known == described


def test_every_answer_in_json_has_a_model() -> None:
    for methods in api().openapi()["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {}).get("application/json", {"schema": {"type": "string"}})
                assert status.startswith("4") or content["schema"] != {}
