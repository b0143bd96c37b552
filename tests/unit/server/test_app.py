"""The application while its API is still being made."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from misnomer.project import Project
from misnomer.server import api
from misnomer.server.access import Access
from misnomer.server.app import App

create_api = api.create_api


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The API is made as soon as this is set."""
    ready = threading.Event()

    def create_late(project: Project, **options: bool) -> api.Api:
        ready.wait(10)
        return create_api(project, **options)

    monkeypatch.setattr(api, "create_api", create_late)
    yield ready
    ready.set()


def test_the_pages_are_there_before_the_api_and_who_asks_it_waits(project: Project, ready: threading.Event) -> None:
    with TestClient(App(project, Access(None)), base_url="http://127.0.0.1") as client, ThreadPoolExecutor() as threads:
        answer = threads.submit(client.get, "/api/project")
        assert client.get("/model/metrics").headers["content-type"].startswith("text/html")
        assert not answer.done()
        ready.set()
        assert answer.result(10).json()["sample_count"] == 6


def test_a_stranger_is_refused_before_the_api_is_there(project: Project, ready: threading.Event) -> None:
    with TestClient(App(project, Access("token")), base_url="http://127.0.0.1") as client:
        assert client.get("/api/project").status_code == 401
        ready.set()


def test_what_stops_the_api_from_being_made_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(project: Project, **options: bool) -> api.Api:
        raise MemoryError("no room for the API")

    monkeypatch.setattr(api, "create_api", fail)
    client = TestClient(App(project, Access(None)), base_url="http://127.0.0.1")
    with pytest.raises(MemoryError, match="no room"):
        client.get("/api/project")


def test_a_page_cannot_be_changed(client: TestClient) -> None:
    answer = client.post("/model/metrics")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
